using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Decomposition;

/// <summary>A product with, or sum of, data and a constant for each channel (the last axis).</summary>
/// <param name="Data">The data.</param>
/// <param name="Factors">What each channel is multiplied by.</param>
/// <param name="Offsets">What is added then; null for nothing.</param>
internal sealed record ChannelScale(Tensor Data, float[] Factors, float[]? Offsets)
{
    /// <summary>What a node does; null if it is something else.</summary>
    public static ChannelScale? Of(Node node)
    {
        if (node.Operation is not Arithmetic { Function: ArithmeticFunction.Add or ArithmeticFunction.Subtract or ArithmeticFunction.Multiply } operation
            || node.Output() is not { Type: DataType.Float32, Rank: > 0 } output)
        {
            return null;
        }

        bool first = node.Input(0).IsConstant;
        Tensor data = node.Input(first ? 1 : 0);
        Tensor constant = node.Input(first ? 0 : 1);
        int channels = output.Shape[^1];
        if (data.IsConstant
            || !constant.IsConstant
            || !data.Shape.AsSpan().SequenceEqual(output.Shape)
            || constant.ElementCount != (constant.Rank == 0 ? 1 : constant.Shape[^1])
            || ConstantValues.Of(constant) is not float[] values
            || !Array.TrueForAll(values, float.IsFinite))
        {
            return null;
        }

        float[] perChannel = values.Length == 1 ? [.. Enumerable.Repeat(values[0], channels)] : values;
        return operation.Function switch
        {
            ArithmeticFunction.Multiply => new ChannelScale(data, perChannel, null),
            ArithmeticFunction.Add => new ChannelScale(data, Ones(channels, 1), perChannel),
            _ when first => new ChannelScale(data, Ones(channels, -1), perChannel),
            _ => new ChannelScale(data, Ones(channels, 1), Array.ConvertAll(perChannel, value => -value)),
        };
    }

    /// <summary>This one, then another of what it gives.</summary>
    public ChannelScale Then(ChannelScale next)
    {
        float[] factors = [.. Factors.Zip(next.Factors, (a, b) => a * b)];
        float[]? offsets = Offsets is null ? next.Offsets : [.. Offsets.Select((offset, i) => (offset * next.Factors[i]) + (next.Offsets?[i] ?? 0))];
        return new ChannelScale(Data, factors, offsets);
    }

    private static float[] Ones(int count, float value)
    {
        float[] ones = new float[count];
        Array.Fill(ones, value);
        return ones;
    }
}
