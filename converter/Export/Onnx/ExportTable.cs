using EdgeQuant.Converter.Export.Onnx.Operators;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>How each operation is written.</summary>
internal static class ExportTable
{
    /// <summary>True for operations that are refused for what they are, whatever their tensors.</summary>
    public static bool HasReason(Node node)
    {
        return node.Operation is Lstm or Svdf or DynamicUpdateSlice or DynamicProduct or DynamicQuantize or DynamicDequantize or Settle or SignalOperation or Unsupported;
    }

    /// <summary>Writes a node, or refuses it.</summary>
    public static void Write(Node node, ExportContext context)
    {
        switch (node.Operation)
        {
            case Convolution2D convolution:
                ConvolutionExport.Convolution(node, convolution, context);
                break;
            case DepthwiseConvolution2D convolution:
                ConvolutionExport.Depthwise(node, convolution, context);
                break;
            case TransposedConvolution2D convolution:
                ConvolutionExport.Transposed(node, convolution, context);
                break;
            case FullyConnected connected:
                MatrixExport.FullyConnected(node, connected, context);
                break;
            case BatchMatrixProduct product:
                MatrixExport.Batches(node, product, context);
                break;
            case Pool2D pool:
                PoolExport.Write(node, pool, context);
                break;
            case ResizeBilinear resize:
                ResizeExport.Bilinear(node, resize, context);
                break;
            case ResizeNearestNeighbor resize:
                ResizeExport.Nearest(node, resize, context);
                break;
            case Arithmetic arithmetic:
                ElementExport.Arithmetic(node, arithmetic, context);
                break;
            case AddMany:
                ElementExport.Sum(node, context);
                break;
            case Unary unary:
                UnaryExport.Write(node, unary.Function, context);
                break;
            case Parametric parametric:
                UnaryExport.Write(node, parametric, context);
                break;
            case LeakyRelu relu:
                UnaryExport.Write(node, relu, context);
                break;
            case PRelu:
                ElementExport.PRelu(node, context);
                break;
            case Comparison comparison:
                ElementExport.Compare(node, comparison.Function, context);
                break;
            case Logical logical:
                ElementExport.Logical(node, logical.Function, context);
                break;
            case LogicalNot:
                ElementExport.Not(node, context);
                break;
            case Select select:
                ElementExport.Select(node, select, context);
                break;
            case Cast:
                ConversionExport.Cast(node, context);
                break;
            case Quantize:
                ConversionExport.Quantize(node, context);
                break;
            case Dequantize:
                ConversionExport.Dequantize(node, context);
                break;
            case Softmax softmax:
                RowExport.Softmax(node, softmax.Beta, context);
                break;
            case LogSoftmax:
                RowExport.LogSoftmax(node, context);
                break;
            case L2Normalization:
                RowExport.L2Normalization(node, context);
                break;
            case Reduce reduce:
                ReduceExport.Reduce(node, reduce, context);
                break;
            case ArgMaximum:
                ReduceExport.Position(node, "ArgMax", context);
                break;
            case ArgMinimum:
                ReduceExport.Position(node, "ArgMin", context);
                break;
            case CumulativeSum sum:
                ReduceExport.RunningSum(node, sum, context);
                break;
            case Gather gather:
                GatherExport.Gather(node, gather, context);
                break;
            case GatherNd:
                GatherExport.GatherNd(node, context);
                break;
            case EmbeddingLookup:
                GatherExport.Lookup(node, context);
                break;
            case MovementOperation:
                MovementExport.Write(node, context);
                break;
            case Unsupported:
                // Its importer has said why.
                break;
            case DynamicProduct or DynamicQuantize or DynamicDequantize or Settle:
                context.Refuse($"{node.Operation.Name} is not written: its scales are found while the network runs.", "Export the network with int8 activations.");
                break;
            case Lstm or Svdf or DynamicUpdateSlice:
                context.Refuse($"{node.Operation.Name} is not written: ONNX has no such operator on quantized numbers.", "Export a network without it; compare checks this part by itself.");
                break;
            case SignalOperation:
                context.Refuse($"{node.Operation.Name} is not written: ONNX has no such operator on integers.", "Export the network behind the front end.");
                break;
            default:
                context.Refuse($"{node.Operation.Name} is not written.", "Give the network fixed shapes, or leave the operator out of what is exported.");
                break;
        }
    }
}
