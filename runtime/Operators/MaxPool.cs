using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The largest of the pixels inside each window.</summary>
/// <remarks>Operands and attributes: those of <see cref="Pooling"/>.</remarks>
internal sealed class MaxPool : Pooling
{
    private readonly bool _clamps;

    internal MaxPool(OperatorReader reader)
        : base(reader)
    {
        _clamps = Minimum > (IsWide ? short.MinValue : sbyte.MinValue) || Maximum < (IsWide ? short.MaxValue : sbyte.MaxValue);
    }

    protected override void RunWindow(int first, int rows, int columns, int output)
    {
        if (IsWide)
        {
            RunWindow16(first, rows, columns, output);
        }
        else
        {
            RunWindow8(first, rows, columns, output);
        }
    }

    private void RunWindow8(int first, int rows, int columns, int output)
    {
        int channels = Window.InputChannels;
        ReadOnlyInt8Vector input = Input.Int8();
        Int8Vector largest = Output.Int8().Slice(output, channels);
        int stride = Window.InputWidth * channels;
        Kernels.MaximumWindow(input.Slice(first, ((rows - 1) * stride) + (columns * channels)), rows, stride, columns, largest);

        for (int i = 0; _clamps && i < channels; i++)
        {
            int value = largest[i];
            largest[i] = (sbyte)(value < Minimum ? Minimum : value > Maximum ? Maximum : value);
        }
    }

    private void RunWindow16(int first, int rows, int columns, int output)
    {
        int channels = Window.InputChannels;
        ReadOnlyInt16Vector input = Input.Int16();
        Int16Vector largest = Output.Int16().Slice(output, channels);
        input.Slice(first, channels).CopyTo(largest);
        for (int row = 0; row < rows; row++)
        {
            Int16Rows.Maximum(input.Slice(first + (row * Window.InputWidth * channels), columns * channels), columns, channels, largest);
        }

        for (int i = 0; _clamps && i < channels; i++)
        {
            int value = largest[i];
            largest[i] = (short)(value < Minimum ? Minimum : value > Maximum ? Maximum : value);
        }
    }
}
