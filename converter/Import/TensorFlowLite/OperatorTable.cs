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
            TfliteOperator.ADD => ElementwiseImport.Add(context),
            TfliteOperator.SUB => ElementwiseImport.Subtract(context),
            TfliteOperator.MUL => ElementwiseImport.Multiply(context),
            TfliteOperator.DIV => ElementwiseImport.Divide(context),
            TfliteOperator.MAXIMUM => ElementwiseImport.Plain(ArithmeticFunction.Maximum),
            TfliteOperator.MINIMUM => ElementwiseImport.Plain(ArithmeticFunction.Minimum),
            TfliteOperator.SQUARED_DIFFERENCE => ElementwiseImport.Plain(ArithmeticFunction.SquaredDifference),
            TfliteOperator.ADD_N => new AddMany(),
            TfliteOperator.EQUAL => new Comparison(ComparisonFunction.Equal),
            TfliteOperator.NOT_EQUAL => new Comparison(ComparisonFunction.NotEqual),
            TfliteOperator.LESS => new Comparison(ComparisonFunction.Less),
            TfliteOperator.LESS_EQUAL => new Comparison(ComparisonFunction.LessOrEqual),
            TfliteOperator.GREATER => new Comparison(ComparisonFunction.Greater),
            TfliteOperator.GREATER_EQUAL => new Comparison(ComparisonFunction.GreaterOrEqual),
            TfliteOperator.LOGICAL_AND => new Logical(LogicalFunction.And),
            TfliteOperator.LOGICAL_OR => new Logical(LogicalFunction.Or),
            TfliteOperator.LOGICAL_NOT => new LogicalNot(),
            TfliteOperator.SELECT => new Select(AlongFirstAxis: true),
            TfliteOperator.SELECT_V2 => new Select(AlongFirstAxis: false),
            TfliteOperator.PRELU => new PRelu(),
            TfliteOperator.LEAKY_RELU => new LeakyRelu(context.Options<LeakyReluOptions>().Alpha),
            TfliteOperator.L2_NORMALIZATION => L2NormalizationImport.Import(context),
            TfliteOperator.RELU => new Unary(UnaryFunction.Relu),
            TfliteOperator.RELU6 => new Unary(UnaryFunction.Relu6),
            TfliteOperator.RELU_N1_TO_1 => new Unary(UnaryFunction.ReluN1To1),
            TfliteOperator.RELU_0_TO_1 => new Unary(UnaryFunction.Relu0To1),
            TfliteOperator.HARD_SWISH => new Unary(UnaryFunction.HardSwish),
            TfliteOperator.ELU => new Unary(UnaryFunction.Elu),
            TfliteOperator.LOGISTIC => new Unary(UnaryFunction.Logistic),
            TfliteOperator.TANH => new Unary(UnaryFunction.Tanh),
            TfliteOperator.ABS => new Unary(UnaryFunction.Absolute),
            TfliteOperator.NEG => new Unary(UnaryFunction.Negate),
            TfliteOperator.SQUARE => new Unary(UnaryFunction.Square),
            TfliteOperator.SQRT => new Unary(UnaryFunction.SquareRoot),
            TfliteOperator.RSQRT => new Unary(UnaryFunction.ReciprocalSquareRoot),
            TfliteOperator.EXP => new Unary(UnaryFunction.Exponential),
            TfliteOperator.LOG => new Unary(UnaryFunction.Logarithm),
            TfliteOperator.SIN => new Unary(UnaryFunction.Sine),
            TfliteOperator.COS => new Unary(UnaryFunction.Cosine),
            TfliteOperator.SIGN => new Unary(UnaryFunction.Sign),
            TfliteOperator.CEIL => new Unary(UnaryFunction.Ceiling),
            TfliteOperator.FLOOR => new Unary(UnaryFunction.Floor),
            TfliteOperator.ROUND => new Unary(UnaryFunction.Round),
            _ => context.Refuse("The operator is not supported.", "Replace it in the network before converting."),
        };
    }
}
