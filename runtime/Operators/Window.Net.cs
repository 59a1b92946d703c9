namespace EdgeQuant.Runtime.Operators;

/// <content>Windows over the same pixels in another form, which kernels for them can be made of.</content>
internal sealed partial class Window
{
    /// <summary>The window over images that have other channels.</summary>
    internal Window WithChannels(int inputs, int outputs)
    {
        Window window = (Window)MemberwiseClone();
        window.InputChannels = inputs;
        window.OutputChannels = outputs;
        return window;
    }

    /// <summary>
    /// The window over images whose rows stand there so many times, one behind the other, which sees them all: its kernel has as many rows for each of this
    /// one's. Kernels of several rows may not skip any.
    /// </summary>
    internal Window WithRows(int times)
    {
        if (times == 1)
        {
            return this;
        }

        Window window = (Window)MemberwiseClone();
        window.InputHeight = times * InputHeight;
        window.KernelHeight = times * KernelHeight;
        window.StrideHeight = times * StrideHeight;
        window.PaddingTop = times * PaddingTop;
        window.DilationHeight = 1;
        return window;
    }
}
