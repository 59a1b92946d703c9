using EdgeQuant.Converter.Execute.Kernels;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute;

/// <summary>The table of kernels: a line for each operation.</summary>
internal static class KernelTable
{
    /// <summary>The kernel for a node; null if there is none, for a reason that the context may know.</summary>
    public static FloatKernel? Of(KernelContext context)
    {
        return context.Node.Operation switch
        {
            AddMany => new AddManyKernel(context),
            ArgMaximum => ArgExtremeKernel.Of(context, smallest: false),
            ArgMinimum => ArgExtremeKernel.Of(context, smallest: true),
            Arithmetic operation => new ArithmeticKernel(context, operation),
            BatchMatrixProduct operation => new BatchMatrixProductKernel(context, operation),
            BroadcastShapes => new BroadcastShapesKernel(context),
            Cast => new CastKernel(context),
            Comparison operation => ElementwiseKernel.Of(context, operation.Function),
            Convolution2D operation => new Convolution2DKernel(context, operation),
            CumulativeSum operation => CumulativeSumKernel.Of(context, operation),
            DepthwiseConvolution2D operation => new DepthwiseConvolution2DKernel(context, operation),
            Dequantize => new CopyKernel(context),
            DynamicProduct operation => DynamicProductKernel.Of(context, operation),
            DynamicQuantize => new DynamicQuantizeKernel(context),
            DynamicDequantize => new CopyKernel(context),
            DynamicUpdateSlice => new DynamicUpdateSliceKernel(context),
            EmbeddingLookup => GatherKernel.OfRows(context),
            FullyConnected operation => new FullyConnectedKernel(context, operation),
            Gather operation => GatherKernel.Of(context, operation),
            GatherNd => new GatherNdKernel(context),
            L2Normalization => new L2NormalizationKernel(context),
            LeakyRelu operation => new LeakyReluKernel(context, operation),
            LogSoftmax => new LogSoftmaxKernel(context),
            Logical operation => ElementwiseKernel.Of(context, operation.Function),
            LogicalNot => new LogicalNotKernel(context),
            Lstm operation => new LstmKernel(context, operation),
            NumberRange => new NumberRangeKernel(context),
            PRelu => ElementwiseKernel.OfPRelu(context),
            Parametric operation => new ParametricKernel(context, operation),
            Pool2D operation => new Pool2DKernel(context, operation),
            Quantize => new CopyKernel(context),
            RankOf => new ShapeKernel(context, [context.Node.Input(0).Rank]),
            Reduce operation => ReduceKernel.Of(context, operation.Function),
            ReduceProduct => ReduceKernel.OfProduct(context),
            ResizeBilinear operation => new ResizeBilinearKernel(context, operation),
            ResizeNearestNeighbor operation => new ResizeNearestNeighborKernel(context, operation),
            Select operation => new SelectKernel(context, operation),
            Settle => new CopyKernel(context),
            ShapeOf => new ShapeKernel(context, context.Node.Input(0).Shape),
            Slice when !context.Node.Input(1).IsConstant => new SliceKernel(context),
            Softmax operation => new SoftmaxKernel(context, operation),
            Svdf operation => new SvdfKernel(context, operation),
            TransposedConvolution2D operation => new TransposedConvolution2DKernel(context, operation),
            Unary operation => new UnaryKernel(context, operation),
            MovementOperation => MovementKernel.Of(context, Movements.Resolve(context.Node)!),
            _ => null,
        };
    }
}
