using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Weights;

namespace EdgeQuant.Converter.Quantizing.Operators;

/// <summary>The table of rules: a line for each operation.</summary>
internal static class OperatorRules
{
    private static readonly OperatorRule Moves = new() { Sharing = Sharing.All, FollowsInputs = true, Selects = true };

    private static readonly OperatorRule Asks = new() { FollowsInputs = true };

    /// <summary>What the device asks of a node.</summary>
    public static OperatorRule Of(Node node)
    {
        return node.Operation switch
        {
            Convolution2D operation => Product(0, operation.Activation, ProductForm.Convolution),
            DepthwiseConvolution2D operation => Product(3, operation.Activation, ProductForm.Depthwise),
            FullyConnected operation => Product(0, operation.Activation, ProductForm.FullyConnected),
            TransposedConvolution2D operation => Product(0, operation.Activation, ProductForm.Transposed),
            Arithmetic { Function: ArithmeticFunction.Maximum or ArithmeticFunction.Minimum } => Moves,
            Arithmetic operation => new OperatorRule { Limits = LimitsOf(operation.Activation) },
            AddMany or CumulativeSum => new OperatorRule { Sharing = Sharing.Inputs, SymmetricInputs = true },
            Pool2D { Kind: PoolKind.Maximum } operation => Moves with { Limits = LimitsOf(operation.Activation) },
            Pool2D operation => new OperatorRule { Sharing = Sharing.All, FollowsInputs = true, Limits = LimitsOf(operation.Activation) },
            ResizeBilinear => new OperatorRule { Sharing = Sharing.All, FollowsInputs = true },
            MovementOperation or Select or GatherNd or EmbeddingLookup or DynamicUpdateSlice or ResizeNearestNeighbor => Moves,
            Reduce { Function: ReduceFunction.Maximum or ReduceFunction.Minimum } => Moves,
            ArgMaximum or ArgMinimum or Comparison => Asks,
            PRelu => new OperatorRule { Parameters = new SlopeQuantizer() },
            Lstm => new OperatorRule { Limits = (-1, 1), Parameters = new LstmQuantizer() },
            Svdf => new OperatorRule { Parameters = new SvdfQuantizer() },
            Softmax => new OperatorRule { Output = FixedParameters.Unsigned },
            LogSoftmax => new OperatorRule { Output = FixedParameters.LogSoftmax },
            L2Normalization => new OperatorRule { Output = FixedParameters.Signed },
            Cast or Dequantize => new OperatorRule { StaysReal = true },
            Graph.Operations.Quantize => new OperatorRule { TakesAnyType = true },
            Parametric { Function: ParametricFunction.Clip } operation => new OperatorRule { Limits = (operation.A, operation.B) },
            Parametric { Function: ParametricFunction.HardSigmoid } => new OperatorRule { Limits = (0, 1) },
            Unary operation => UnaryRules.Of(operation.Function),
            _ => new OperatorRule(),
        };
    }

    /// <summary>The range that an activation leaves.</summary>
    private static (float Lowest, float Highest) LimitsOf(Activation activation)
    {
        return activation switch
        {
            Activation.Relu => (0, float.PositiveInfinity),
            Activation.Relu6 => (0, 6),
            Activation.ReluN1To1 => (-1, 1),
            _ => (float.NegativeInfinity, float.PositiveInfinity),
        };
    }

    private static OperatorRule Product(int axis, Activation activation, ProductForm form)
    {
        return new OperatorRule { Limits = LimitsOf(activation), Parameters = new ProductQuantizer(axis, form) };
    }
}
