using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// 2-D convolution, grouped where the filter has fewer channels than the input.
/// </summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (int8 or int16), filter [output channels, height, width, channels of a group] (int8, or
/// packed int4 for int8 data), bias, multipliers, shifts. Output: [batch, height, width, output channels], type of the data. Scratch: one
/// window of one group, in the type of the data; absent where a window is a single pixel and there is one group. Attributes: those of
/// <see cref="Window"/>, then of <see cref="Kernels.RowParameters"/>.
/// </remarks>
internal sealed class Convolution : GroupedConvolution
{
    private readonly ConvolutionKernel? _kernel;

    internal Convolution(OperatorReader reader)
        : base(reader, 5, 0)
    {
        reader.RequireType(reader.Output(0), reader.Input(0).Type);
        reader.Require(reader.Input(1).Encoding != TensorEncoding.Shared, "the filter must have 8-bit or packed 4-bit elements.");
        reader.Require(!IsPacked || !IsWide, "packed 4-bit filters need 8-bit data.");
        if (!IsPacked)
        {
            _kernel = Kernels.Convolution(Window, Groups, Filter.Int8(), Parameters, reader.Workspace);
        }
        else if (IsPacked && Kernels.HoldsWeights)
        {
            WeightRows weights = new WeightRows(reader, reader.Input(1), Filter, Window.OutputChannels);
            _kernel = Kernels.Convolution(Window, Groups, weights.ReadAll(), Parameters, reader.Workspace);
        }
    }

    internal override long HeldBytes => _kernel == null ? 0 : _kernel.HeldBytes;

    internal override void Run()
    {
        if (_kernel != null)
        {
            _kernel.Run(Input, Output);
            return;
        }

        Window window = Window;
        int pixel = 0;
        for (int batch = 0; batch < window.Batches; batch++)
        {
            for (int y = 0; y < window.OutputHeight; y++)
            {
                for (int x = 0; x < window.OutputWidth; x++, pixel++)
                {
                    int top = (y * window.StrideHeight) - window.PaddingTop;
                    int left = (x * window.StrideWidth) - window.PaddingLeft;
                    for (int group = 0; group < Groups; group++)
                    {
                        RunGroup(batch, top, left, group, (pixel * window.OutputChannels) + (group * GroupOutputs));
                    }
                }
            }
        }
    }

    private void RunGroup(int batch, int top, int left, int group, int output)
    {
        int firstRow = group * GroupOutputs;
        if (IsWide)
        {
            Kernels.MultiplyRowsInt16(
                Window16(batch, top, left, group), Filter.Int8(), firstRow, Output.Int16().Slice(output, GroupOutputs), Parameters);
            return;
        }

        ReadOnlyInt8Vector values = Window8(batch, top, left, group);
        Int8Vector target = Output.Int8().Slice(output, GroupOutputs);
        if (IsPacked)
        {
            Kernels.MultiplyRowsInt4(values, Filter.Int8(), firstRow, target, Parameters);
        }
        else
        {
            Kernels.MultiplyRows(values, Filter.Int8(), firstRow, target, Parameters);
        }
    }
}
