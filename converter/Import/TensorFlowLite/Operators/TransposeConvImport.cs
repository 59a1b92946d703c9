using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>TRANSPOSE_CONV.</summary>
internal static class TransposeConvImport
{
    private const int Filter = 1;
    private const int Data = 2;
    private const int Bias = 3;

    public static Operation? Import(ImportContext context)
    {
        if (context.Inputs.Length is not (3 or 4) || context.Inputs[Filter] is not Tensor filter || context.Inputs[Data] is not Tensor data || context.Outputs is not [Tensor output])
        {
            return context.Refuse("Needed are the inputs output shape, filter, data and perhaps a bias, and one output.", "Convert the source network again.");
        }

        TransposeConvOptions options = context.Options<TransposeConvOptions>();
        if (data.Rank != 4 || filter.Rank != 4 || output.Rank != 4)
        {
            return context.Refuse("Data, filter and output must have 4 dimensions.", "Reshape the data to [batch, height, width, channels].");
        }

        if (options.StrideHeight < 1 || options.StrideWidth < 1)
        {
            return context.Refuse("A stride is below 1.", "Convert the source network again.");
        }

        if (ActivationImport.Of(context, options.Activation) is not Activation activation)
        {
            return null;
        }

        SymmetricWeights.Of(filter);

        // The shape that input 0 gives is the output's own.
        context.Inputs = [data, filter, Widened(context.Inputs.ElementAtOrDefault(Bias))];
        return new TransposedConvolution2D(
            options.StrideHeight,
            options.StrideWidth,
            Padding(output.Shape[1], filter.Shape[1], options.StrideHeight, options.Padding),
            Padding(output.Shape[2], filter.Shape[2], options.StrideWidth, options.Padding),
            activation);
    }

    /// <summary>Older files have 16-bit biases, which are added to 64-bit sums like 64-bit ones.</summary>
    private static Tensor? Widened(Tensor? bias)
    {
        if (bias is not { Type: DataType.Int16 } || ConstantReader.ConstantLongs(bias) is not long[] values)
        {
            return bias;
        }

        byte[] bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return new Tensor(bias.Name, DataType.Int64, bias.Shape) { SourceIndex = bias.SourceIndex, Data = bytes, Quantization = bias.Quantization };
    }

    /// <summary>The padding before the first pixel of the convolution whose transpose this is: its input is this one's output.</summary>
    private static int Padding(int size, int taps, int stride, TflitePadding padding)
    {
        long steps = padding == TflitePadding.Same ? ((long)size + stride - 1) / stride : ((long)size + stride - taps) / stride;
        long total = ((steps - 1) * stride) + taps - size;
        return (int)(Math.Max(total, 0) / 2);
    }
}
