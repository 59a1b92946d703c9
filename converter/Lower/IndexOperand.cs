using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>Indices as the device takes them: 32 bits wide.</summary>
internal static class IndexOperand
{
    /// <summary>The operand that holds the indices; null, after refusing the node, if the device cannot take them.</summary>
    public static LoweredTensor? Of(LoweringContext context, Tensor indices)
    {
        if (ConstantReader.ConstantInts(indices) is int[] values)
        {
            return context.Constant(values);
        }

        if (indices.Type == DataType.Int32)
        {
            return context.Operand(indices);
        }

        context.Refuse($"Indices that are computed have the type {indices.Type}; the device takes Int32.", "Cast them to 32 bits in the source network.");
        return null;
    }
}
