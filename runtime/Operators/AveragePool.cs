using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// The mean of the pixels inside each window, rounded to nearest, halves away from zero. Padding does not count.
/// </summary>
/// <remarks>Operands and attributes: those of <see cref="Pooling"/>.</remarks>
internal sealed class AveragePool : Pooling
{
    private readonly Workspace _workspace;
    private readonly int _block;

    internal AveragePool(OperatorReader reader)
        : base(reader)
    {
        _workspace = reader.Workspace;
        _block = Window.InputChannels < ElementBlock.Length ? Window.InputChannels : ElementBlock.Length;
        _workspace.Require(_block);
    }

    protected override void RunWindow(int first, int rows, int columns, int output)
    {
        int channels = Window.InputChannels;
        int reach = (columns - 1) * channels;
        int[] sums = _workspace.Int32;
        for (int channel = 0; channel < channels; channel += _block)
        {
            int count = channels - channel < _block ? channels - channel : _block;
            for (int i = 0; i < count; i++)
            {
                sums[i] = 0;
            }

            int from = first + channel;
            for (int row = 0; row < rows; row++, from += Window.InputWidth * channels)
            {
                if (IsWide)
                {
                    Int16Rows.Add(Input.Int16().Slice(from, reach + count), columns, channels, sums, count);
                }
                else
                {
                    Kernels.AddRows(Input.Int8().Slice(from, reach + count), columns, channels, sums, count);
                }
            }

            Finish(sums, rows * columns, count, output + channel);
        }
    }

    private void Finish(int[] sums, int pixels, int count, int output)
    {
        int half = pixels / 2;
        for (int i = 0; i < count; i++)
        {
            int sum = sums[i];
            sums[i] = FixedPoint.Clamp((sum > 0 ? sum + half : sum - half) / pixels, Minimum, Maximum);
        }

        if (IsWide)
        {
            Kernels.NarrowInt16(sums, 0, Output.Int16().Slice(output, count));
        }
        else
        {
            Kernels.Narrow(sums, 0, Output.Int8().Slice(output, count));
        }
    }
}
