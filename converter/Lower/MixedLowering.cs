using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Products of mixed precision: which they are, and the scratch into which they read weights that are not dense.</summary>
internal static class MixedLowering
{
    /// <summary>The scratch for weights, unless one row takes more.</summary>
    private const int MostBlockBytes = 2048;

    /// <summary>The rows that kernels multiply with a vector at a time.</summary>
    private const int KernelRows = 4;

    /// <summary>True if the operators for data, symmetric weights and output of one precision do not do it.</summary>
    public static bool Applies(Node node, LoweredTensor weights)
    {
        DataType data = node.Input(0).Type;
        Quantization quantization = node.Input(1).Quantization!;
        return weights.Encoding == TensorEncoding.Shared
            || !quantization.HasOneZeroPoint
            || (weights.Encoding == TensorEncoding.PackedInt4 && quantization.ZeroPoint != 0)
            || node.Output().Type != data
            || (data == DataType.Int16 && weights.Encoding == TensorEncoding.PackedInt4);
    }

    /// <summary>True if the elements of weights will lie in the file as they are.</summary>
    public static bool IsDense(Tensor weights)
    {
        return weights.Type != DataType.Int4 && SharedEncoding.Of(weights) is null;
    }

    /// <summary>Scratch for a block of rows, half of the weights at most.</summary>
    /// <param name="context">Where scratch is made.</param>
    /// <param name="weights">The weights; a row for each index of the first dimension.</param>
    /// <param name="groupRows">The rows that are multiplied with the same vectors.</param>
    /// <param name="vectors">The vectors that they are multiplied with.</param>
    /// <returns>Nothing for dense weights.</returns>
    public static LoweredTensor[] RowScratch(LoweringContext context, LoweredTensor weights, int groupRows, int vectors)
    {
        return PartScratch(context, weights, Math.Min(groupRows, (weights.Shape[0] + 1) / 2), weights.ElementCount / weights.Shape[0], vectors);
    }

    /// <summary>Scratch for parts of a block of rows.</summary>
    /// <param name="context">Where scratch is made.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="most">The most rows that parts are loaded of at a time.</param>
    /// <param name="columns">The most elements of a part.</param>
    /// <param name="vectors">The vectors that the parts are multiplied with.</param>
    /// <returns>Nothing for dense weights.</returns>
    public static LoweredTensor[] PartScratch(LoweringContext context, LoweredTensor weights, int most, int columns, int vectors)
    {
        if (weights.Encoding == TensorEncoding.Dense)
        {
            return [];
        }

        int rows = Math.Min(most, MostBlockBytes / columns);
        rows = rows > KernelRows ? rows - (rows % KernelRows) : Math.Max(1, rows);
        return [context.Scratch(ElementType.Int8, vectors == 1 ? Math.Min(rows, KernelRows) : rows, columns)];
    }

    /// <summary>Scratch for the filter of a block of channels of a depthwise convolution, half of the filter at most.</summary>
    /// <param name="context">Where scratch is made.</param>
    /// <param name="filter">Shape [1, height, width, output channels].</param>
    /// <param name="depthMultiplier">Output channels for each input channel.</param>
    /// <returns>Nothing for a dense filter.</returns>
    public static LoweredTensor[] ChannelScratch(LoweringContext context, LoweredTensor filter, int depthMultiplier)
    {
        if (filter.Encoding == TensorEncoding.Dense)
        {
            return [];
        }

        int taps = filter.Shape[1] * filter.Shape[2];
        int inputs = filter.Shape[3] / depthMultiplier;
        int blockInputs = Math.Max(1, Math.Min((inputs + 1) / 2, MostBlockBytes / (taps * depthMultiplier)));
        return [context.Scratch(ElementType.Int8, taps, blockInputs * depthMultiplier)];
    }
}
