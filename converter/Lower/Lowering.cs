using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;
using Extreme = EdgeQuant.Runtime.Operators.Extreme;

namespace EdgeQuant.Converter.Lower;

/// <summary>Turns a graph, after all passes, into the runtime's operators.</summary>
internal static class Lowering
{
    /// <summary>Lowers the whole network.</summary>
    /// <exception cref="UnsupportedNetworkException">
    /// What was refused before (<see cref="NetworkGraph.Refusals"/>) and the nodes that the device cannot execute: all of them.
    /// </exception>
    public static LoweredNetwork Run(NetworkGraph graph)
    {
        LoweringContext context = new(graph);
        HashSet<Node> explained = RefusedRegion.Of(graph);
        List<Node> real = [];
        foreach (Node node in graph.Nodes.Where(node => !explained.Contains(node)))
        {
            context.Begin(node);
            if (RealNumbers.Refuse(node) is Refusal refusal)
            {
                context.Refusals.Add(refusal);
                real.Add(node);
            }
            else
            {
                Lower(context, node);
            }

            if (context.IsTooLarge)
            {
                break;
            }
        }

        if (RealNumbers.Summary(graph, real) is Refusal summary)
        {
            context.Refusals.Insert(0, summary);
        }

        Finish(context);
        context.Begin(null);
        context.Network.Inputs.AddRange(graph.DeviceInputs().Select(context.Operand));
        context.Network.Outputs.AddRange(graph.DeviceOutputs().Select(context.Operand));
        Finish(context);
        FunctionTables.Run(context.Network);
        TableMerger.Run(context.Network);
        return context.Network;
    }

    private static void Finish(LoweringContext context)
    {
        IReadOnlyList<Refusal> refusals = [.. context.Network.Graph.Refusals, .. context.Refusals];
        if (refusals.Count > 0)
        {
            throw new UnsupportedNetworkException(refusals);
        }
    }

    /// <summary>The table of lowerings: a line for each operation.</summary>
    private static void Lower(LoweringContext context, Node node)
    {
        switch (node.Operation)
        {
            case Convolution2D operation: ConvolutionLowering.Lower(context, node, operation); break;
            case DepthwiseConvolution2D operation: ConvolutionLowering.Lower(context, node, operation); break;
            case FullyConnected operation: FullyConnectedLowering.Lower(context, node, operation); break;
            case Arithmetic operation: ArithmeticLowering.Lower(context, node, operation); break;
            case Comparison operation: ComparisonLowering.Lower(context, node, operation); break;
            case Logical operation: LogicalLowering.Lower(context, node, operation); break;
            case LogicalNot operation: LogicalLowering.Lower(context, node, operation); break;
            case Select operation: SelectLowering.Lower(context, node, operation); break;
            case PRelu: PReluLowering.Lower(context, node); break;
            case AddMany: AddManyLowering.Lower(context, node); break;
            case Unary or Parametric or LeakyRelu or Quantize or Cast: ElementwiseLowering.Lower(context, node); break;
            case Dequantize: ElementwiseLowering.RefuseReal(context, node); break;
            case Softmax operation: SoftmaxLowering.Lower(context, node, operation); break;
            case LogSoftmax: LogSoftmaxLowering.Lower(context, node); break;
            case L2Normalization: L2NormalizationLowering.Lower(context, node); break;
            case Gather operation: GatherLowering.Lower(context, node, operation); break;
            case GatherNd: GatherLowering.LowerTuples(context, node); break;
            case EmbeddingLookup: GatherLowering.LowerRows(context, node); break;
            case Slice: SliceLowering.Lower(context, node); break;
            case DynamicUpdateSlice: SliceLowering.LowerUpdate(context, node); break;
            case MovementOperation: MovementLowering.Lower(context, node); break;
            case TransposedConvolution2D operation: TransposedConvolutionLowering.Lower(context, node, operation); break;
            case BatchMatrixProduct operation: BatchMatrixProductLowering.Lower(context, node, operation); break;
            case DynamicProduct operation: DynamicLowering.Lower(context, node, operation); break;
            case Settle: DynamicLowering.LowerSettle(context, node); break;
            case Svdf svdf: SvdfLowering.Lower(context, node, svdf); break;
            case Lstm operation: LstmLowering.Lower(context, node, operation); break;
            case Pool2D operation: PoolLowering.Lower(context, node, operation); break;
            case Reduce operation: ReduceLowering.Lower(context, node, operation); break;
            case ArgMaximum: ArgExtremeLowering.Lower(context, node, Extreme.Largest); break;
            case ArgMinimum: ArgExtremeLowering.Lower(context, node, Extreme.Smallest); break;
            case CumulativeSum operation: CumulativeSumLowering.Lower(context, node, operation); break;
            case ResizeBilinear operation: ResizeLowering.Lower(context, node, operation); break;
            case ResizeNearestNeighbor operation: ResizeLowering.Lower(context, node, operation); break;
            case SignalWindow operation: SignalLowering.Lower(context, node, operation); break;
            case SignalFftAutoScale operation: SignalLowering.Lower(context, node, operation); break;
            case SignalRfft operation: SignalLowering.Lower(context, node, operation); break;
            case SignalEnergy operation: SignalLowering.Lower(context, node, operation); break;
            case SignalFilterBank operation: SignalLowering.Lower(context, node, operation); break;
            case SignalFilterBankSquareRoot operation: SignalLowering.Lower(context, node, operation); break;
            case SignalFilterBankSpectralSubtraction operation: SignalLowering.Lower(context, node, operation); break;
            case SignalPcan operation: SignalLowering.Lower(context, node, operation); break;
            case SignalFilterBankLog operation: SignalLowering.Lower(context, node, operation); break;
            case SignalStatistics operation: SignalLowering.Lower(context, node, operation); break;
            default: context.Refuse("The device has no such operation.", "Replace it in the source network."); break;
        }
    }
}
