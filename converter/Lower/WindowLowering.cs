using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>The attributes that <see cref="Runtime.Operators.Window"/> reads.</summary>
internal static class WindowLowering
{
    private const int Largest = 65535;

    /// <summary>Checks that the device can take a window.</summary>
    /// <returns>False, after saying why, if it cannot.</returns>
    public static bool Check(LoweringContext context, WindowAttributes window)
    {
        int largest = Attributes(window).Max();
        if (largest > Largest)
        {
            context.Refuse($"A stride, dilation or padding of its window is {largest}; the device takes at most {Largest}.", "Use a smaller window.");
        }

        return largest <= Largest;
    }

    public static int[] Attributes(WindowAttributes window)
    {
        return [window.StrideHeight, window.StrideWidth, window.DilationHeight, window.DilationWidth, window.PaddingTop, window.PaddingLeft];
    }
}
