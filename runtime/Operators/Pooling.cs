using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// An operator that makes each output pixel of the input pixels inside its window, channel by channel. Padding is outside: a window that
/// reaches over the border is cut to the input.
/// </summary>
/// <remarks>
/// Input: data [batch, height, width, channels] (int8 or int16). Output: [batch, height, width, channels], type of the data. Attributes:
/// kernel height, kernel width; those of <see cref="Operators.Window"/>, with dilations 1 and less padding than kernel; output minimum,
/// output maximum.
/// </remarks>
internal abstract class Pooling : Operator
{
    private const int LargestKernel = 65535;

    protected Pooling(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        IsWide = input.Type == ElementType.Int16;
        reader.RequireType(input, IsWide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        int kernelHeight = reader.Attribute("kernel height", 1, LargestKernel);
        int kernelWidth = reader.Attribute("kernel width", 1, LargestKernel);
        Window = new Window(reader, input, output, kernelHeight, kernelWidth);
        reader.Require(Window.DilationHeight == 1 && Window.DilationWidth == 1, "its dilations are not 1.");
        reader.Require(Window.PaddingTop < kernelHeight && Window.PaddingLeft < kernelWidth, "it has windows that lie in the padding only.");
        reader.Require(Window.InputChannels == Window.OutputChannels, "the input's channels and the output's differ.");
        Minimum = reader.Attribute("output minimum", IsWide ? short.MinValue : sbyte.MinValue, IsWide ? short.MaxValue : sbyte.MaxValue);
        Maximum = reader.Attribute("output maximum", Minimum, IsWide ? short.MaxValue : sbyte.MaxValue);
        Input = reader.Data(input);
        Output = reader.Data(output);
        Kernels = reader.Kernels;
    }

    protected Window Window { get; }

    protected KernelSet Kernels { get; }

    protected TensorData Input { get; }

    protected TensorData Output { get; }

    /// <summary>True for 16-bit elements.</summary>
    protected bool IsWide { get; }

    protected int Minimum { get; }

    protected int Maximum { get; }

    internal sealed override void Run()
    {
        Window window = Window;
        int output = 0;
        for (int batch = 0; batch < window.Batches; batch++)
        {
            for (int y = 0; y < window.OutputHeight; y++)
            {
                int top = (y * window.StrideHeight) - window.PaddingTop;
                int bottom = Smaller(top + window.KernelHeight, window.InputHeight);
                top = top < 0 ? 0 : top;
                for (int x = 0; x < window.OutputWidth; x++, output += window.OutputChannels)
                {
                    int left = (x * window.StrideWidth) - window.PaddingLeft;
                    int right = Smaller(left + window.KernelWidth, window.InputWidth);
                    left = left < 0 ? 0 : left;
                    int first = ((((batch * window.InputHeight) + top) * window.InputWidth) + left) * window.InputChannels;
                    RunWindow(first, bottom - top, right - left, output);
                }
            }
        }
    }

    /// <summary>Computes one output pixel.</summary>
    /// <param name="first">The input element at which the window starts.</param>
    /// <param name="rows">The window's rows inside the input, at least 1.</param>
    /// <param name="columns">The window's columns inside the input, at least 1.</param>
    /// <param name="output">The output element at which the pixel starts.</param>
    protected abstract void RunWindow(int first, int rows, int columns, int output);

    private static int Smaller(int a, int b)
    {
        return a < b ? a : b;
    }
}
