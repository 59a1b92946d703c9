using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Converter.Report;

/// <summary>Counts multiply-accumulate operations by the usual convention: those that meet padding count too, requantization does not.</summary>
internal static class MacCount
{
    /// <summary>The number for one run of an operator; 0 for a kind that accumulates no products.</summary>
    /// <param name="reader">The reader, standing at the operator.</param>
    /// <param name="attributes">The operator's attributes.</param>
    public static long Of(OperatorReader reader, IReadOnlyList<AttributeReport> attributes)
    {
        return reader.Kind switch
        {
            OperatorKind.Convolution or OperatorKind.FullyConnected or OperatorKind.MixedConvolution or OperatorKind.MixedFullyConnected
                or OperatorKind.DynamicConvolution or OperatorKind.DynamicFullyConnected => (long)Outputs(reader) * (Weights(reader, 1) / reader.Input(1).Dimension(0)),
            OperatorKind.DepthwiseConvolution or OperatorKind.MixedDepthwiseConvolution or OperatorKind.DynamicDepthwiseConvolution
                => (long)Outputs(reader) * reader.Input(1).Dimension(1) * reader.Input(1).Dimension(2),
            OperatorKind.TransposedConvolution or OperatorKind.MixedTransposedConvolution => (long)Rows(reader, reader.Input(0).Dimension(3)) * Weights(reader, 1),
            OperatorKind.BatchMatrixProduct or OperatorKind.DynamicMatrixProduct => (long)Outputs(reader) * attributes.First(attribute => attribute.Name == "depth").Value,
            OperatorKind.Svdf => (long)Rows(reader, reader.Input(1).Dimension(1)) * (Weights(reader, 1) + Weights(reader, 2)),
            OperatorKind.Lstm => (long)Rows(reader, reader.Input(0).Dimension(2)) * (Weights(reader, 1) + Weights(reader, 3)),
            _ => 0,
        };
    }

    private static int Outputs(OperatorReader reader)
    {
        return reader.Output(0).ElementCount;
    }

    private static int Weights(OperatorReader reader, int input)
    {
        return reader.Input(input).ElementCount;
    }

    /// <summary>The number of rows that the data are, each of so many columns.</summary>
    private static int Rows(OperatorReader reader, int columns)
    {
        return reader.Input(0).ElementCount / columns;
    }
}
