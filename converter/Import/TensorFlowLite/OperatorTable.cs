using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Operators;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>The table of supported operators: a line for each.</summary>
internal static class OperatorTable
{
    /// <summary>The operation for a node; null after the context was told why not.</summary>
    public static Operation? Import(ImportContext context)
    {
        return context.Node.Code.Operator switch
        {
            TfliteOperator.CONV_2D => WindowImport.Convolution(context),
            TfliteOperator.DEPTHWISE_CONV_2D => WindowImport.Depthwise(context),
            TfliteOperator.FULLY_CONNECTED => FullyConnectedImport.Import(context),
            TfliteOperator.RESHAPE or TfliteOperator.SQUEEZE or TfliteOperator.EXPAND_DIMS => new Reshape(),
            TfliteOperator.QUANTIZE => new Quantize(),
            TfliteOperator.DEQUANTIZE => new Dequantize(),
            TfliteOperator.CAST => new Cast(),
            TfliteOperator.SOFTMAX => new Softmax(context.Options<SoftmaxOptions>().Beta),
            TfliteOperator.LOG_SOFTMAX => new LogSoftmax(),
            _ => context.Refuse("The operator is not supported.", "Replace it in the network before converting."),
        };
    }
}
