using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>BATCH_MATMUL.</summary>
internal static class BatchMatMulImport
{
    public static Operation? Import(ImportContext context)
    {
        BatchMatMulOptions options = context.Options<BatchMatMulOptions>();
        return context.Inputs is [not null, not null] && context.Outputs.Length == 1
            ? new BatchMatrixProduct(options.AdjointX, options.AdjointY)
            : context.Refuse("Needed are two inputs and one output.", "Convert the source network again.");
    }
}
