using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>
/// Arithmetic with a constant that has one element, or one for each channel (the last axis): y = factor x + addend, channel by channel.
/// </summary>
/// <param name="Data">The input that is no constant.</param>
/// <param name="Factors">One for each channel.</param>
/// <param name="Addends">One for each channel.</param>
/// <param name="Activation">What is applied behind.</param>
internal sealed record ChannelConstant(Tensor Data, double[] Factors, double[] Addends, Activation Activation)
{
    /// <summary>True if nothing is added.</summary>
    public bool OnlyScales => Array.TrueForAll(Addends, addend => addend == 0);

    /// <summary>Null if a node is no such arithmetic on real numbers.</summary>
    public static ChannelConstant? Of(Node node)
    {
        if (node.Operation is not Arithmetic arithmetic || node.Output().Type != DataType.Float32)
        {
            return null;
        }

        bool constantLast = node.Input(1).IsConstant;
        Tensor data = node.Input(constantLast ? 0 : 1);
        if (data.IsConstant
            || data.Rank == 0
            || !data.Shape.AsSpan().SequenceEqual(node.Output().Shape)
            || Values(node.Input(constantLast ? 1 : 0), data.Shape[^1]) is not double[] values)
        {
            return null;
        }

        double[] ones = Filled(values.Length, 1);
        double[] zeros = new double[values.Length];
        return arithmetic.Function switch
        {
            ArithmeticFunction.Multiply => new ChannelConstant(data, values, zeros, arithmetic.Activation),
            ArithmeticFunction.Divide when constantLast && !values.Contains(0) => new ChannelConstant(data, Array.ConvertAll(values, value => 1 / value), zeros, arithmetic.Activation),
            ArithmeticFunction.Add => new ChannelConstant(data, ones, values, arithmetic.Activation),
            ArithmeticFunction.Subtract when constantLast => new ChannelConstant(data, ones, Array.ConvertAll(values, value => -value), arithmetic.Activation),
            ArithmeticFunction.Subtract => new ChannelConstant(data, Filled(values.Length, -1), values, arithmetic.Activation),
            _ => null,
        };
    }

    private static double[]? Values(Tensor constant, int channels)
    {
        if (!constant.IsConstant
            || constant.Type != DataType.Float32
            || constant.Quantization is not null
            || (constant.ElementCount != 1 && (constant.ElementCount != channels || constant.Shape[^1] != channels))
            || ConstantValues.Of(constant) is not float[] values
            || !Array.TrueForAll(values, float.IsFinite))
        {
            return null;
        }

        return values.Length == 1 ? Filled(channels, values[0]) : Array.ConvertAll(values, value => (double)value);
    }

    private static double[] Filled(int length, double value)
    {
        double[] values = new double[length];
        Array.Fill(values, value);
        return values;
    }
}
