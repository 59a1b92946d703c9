using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower.Elements;

namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>
/// Element-wise nodes that together are a function of one tensor: all else that they read are constants of one element, and nothing else reads
/// what they pass to each other.
/// </summary>
/// <param name="Source">The tensor that it is a function of.</param>
/// <param name="Nodes">The nodes in their order; the last one gives the result.</param>
internal sealed record ElementExpression(Tensor Source, IReadOnlyList<Node> Nodes)
{
    /// <summary>The function's values at some points.</summary>
    public float[] At(float[] points)
    {
        Dictionary<Tensor, float[]> values = new() { [Source] = points };
        foreach (Node node in Nodes)
        {
            values[node.Output()] = Value(node, input => values.TryGetValue(input, out float[]? known) ? known : Constant(input, points.Length));
        }

        return values[Nodes[^1].Output()];
    }

    /// <summary>True if a node computes with real numbers, element by element, and all of its inputs have the output's shape or are constants of one element.</summary>
    public static bool CanHold(Node node)
    {
        return node.Operation is Unary or Parametric or LeakyRelu or Arithmetic
            && node.Output().Type == DataType.Float32
            && node.Output().Quantization is null
            && Array.TrueForAll(node.Inputs, input => input is not null && (IsScalar(input) || input.Shape.AsSpan().SequenceEqual(node.Output().Shape)));
    }

    /// <summary>True for constants of one element.</summary>
    public static bool IsScalar(Tensor tensor)
    {
        return tensor is { IsConstant: true, Type: DataType.Float32, Quantization: null, ElementCount: 1 };
    }

    private static float[] Constant(Tensor constant, int length)
    {
        float[] values = new float[length];
        Array.Fill(values, ConstantValues.Of(constant)![0]);
        return values;
    }

    private static float[] Value(Node node, Func<Tensor, float[]> valueOf)
    {
        float[] x = valueOf(node.Input(0));
        switch (node.Operation)
        {
            case LeakyRelu leaky:
                return Array.ConvertAll(x, value => value >= 0 ? value : leaky.Alpha * value);
            case Arithmetic arithmetic:
                float[] y = valueOf(node.Input(1));
                return [.. x.Select((value, i) => Clamped(arithmetic.Activation, Combined(arithmetic.Function, value, y[i])))];
            default:
                return Array.ConvertAll(x, value => RealFunctions.Of(node.Operation)!(value));
        }
    }

    private static float Combined(ArithmeticFunction function, float x, float y)
    {
        return function switch
        {
            ArithmeticFunction.Add => x + y,
            ArithmeticFunction.Subtract => x - y,
            ArithmeticFunction.Multiply => x * y,
            ArithmeticFunction.Divide => x / y,
            ArithmeticFunction.Maximum => MathF.Max(x, y),
            ArithmeticFunction.Minimum => MathF.Min(x, y),
            _ => (x - y) * (x - y),
        };
    }

    private static float Clamped(Activation activation, float x)
    {
        return activation switch
        {
            Activation.Relu => MathF.Max(x, 0),
            Activation.Relu6 => Math.Clamp(x, 0, 6),
            Activation.ReluN1To1 => Math.Clamp(x, -1, 1),
            _ => x,
        };
    }
}
