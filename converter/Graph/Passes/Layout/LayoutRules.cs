using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>The table of what nodes do with pending transpositions: a line for each operation that works in any order of axes.</summary>
internal static class LayoutRules
{
    /// <summary>Rewrites a node so that nothing has to be transposed in front of it.</summary>
    /// <returns>False if the node stays as it is, and needs its inputs made.</returns>
    public static bool Apply(LayoutRewriter rewriter, Node node)
    {
        if (node.Operation is Transpose)
        {
            return MovementRules.Transpose(rewriter, node);
        }

        if (node.Operation is Reshape)
        {
            return MovementRules.Reshape(rewriter, node);
        }

        return Array.Exists(node.Inputs, input => rewriter.Pending(input) is not null) ? ApplyTable(rewriter, node) : EarlyRule.Apply(rewriter, node);
    }

    /// <summary>Rewrites a node that reads what is pending.</summary>
    /// <returns>False if the node stays as it is, and needs its inputs made.</returns>
    public static bool ApplyTable(LayoutRewriter rewriter, Node node)
    {
        return node.Operation switch
        {
            _ when IsOfOneInput(node.Operation) => ElementwiseRules.Unary(rewriter, node),
            _ when IsElementwise(node.Operation) => ElementwiseRules.Broadcast(rewriter, node),
            Softmax or LogSoftmax or L2Normalization => ElementwiseRules.AlongLast(rewriter, node),
            Concatenation operation => AxisRules.Concatenation(rewriter, node, operation),
            Split => AxisRules.Split(rewriter, node),
            SplitBySizes => AxisRules.SplitBySizes(rewriter, node),
            Slice => AxisRules.Slice(rewriter, node),
            StridedSlice operation => AxisRules.StridedSlice(rewriter, node, operation),
            Pad or MirrorPad => AxisRules.Pad(rewriter, node),
            Reverse => AxisRules.Reverse(rewriter, node),
            Tile or BroadcastTo => AxisRules.Repeat(rewriter, node),
            Gather operation => AxisRules.Gather(rewriter, node, operation),
            CumulativeSum => AxisRules.CumulativeSum(rewriter, node),
            Reduce or ReduceProduct => ReductionRules.Reduce(rewriter, node),
            ArgMaximum or ArgMinimum => ReductionRules.Extreme(rewriter, node),
            FullyConnected => MatrixRules.FullyConnected(rewriter, node),
            BatchMatrixProduct operation => MatrixRules.BatchMatrixProduct(rewriter, node, operation),
            _ => false,
        };
    }

    /// <summary>True for functions of elements that stand at the same place, broadcast where shapes differ.</summary>
    public static bool IsElementwise(Operation operation)
    {
        return IsOfOneInput(operation) || operation is Arithmetic or Comparison or Logical or PRelu or AddMany or Select { AlongFirstAxis: false };
    }

    /// <summary>True for operations whose outputs have the axes of their data, each by itself.</summary>
    public static bool KeepsAxes(Operation operation)
    {
        return IsElementwise(operation)
            || operation is Concatenation or Split or SplitBySizes or Slice or StridedSlice or Pad or MirrorPad or Reverse or Tile or BroadcastTo or CumulativeSum or Gather { BatchAxes: 0 } or Reduce { KeepDimensions: true };
    }

    /// <summary>True for operations on images [batch, height, width, channels], which take them in no other order.</summary>
    public static bool TakesImages(Operation operation)
    {
        return operation is Convolution2D or DepthwiseConvolution2D or TransposedConvolution2D or Pool2D or ResizeBilinear or ResizeNearestNeighbor or DepthToSpace or SpaceToDepth;
    }

    private static bool IsOfOneInput(Operation operation)
    {
        return operation is Unary or Parametric or LeakyRelu or Quantize or Dequantize or Cast or LogicalNot;
    }
}
