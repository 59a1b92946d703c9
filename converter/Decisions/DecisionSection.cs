using System.Globalization;
using System.Text;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Decisions;

/// <summary>Writes the decision section of a file.</summary>
internal static class DecisionSection
{
    /// <summary>Puts a rule into the terms of a network's output.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="labels">Labels from a file of their own, or null.</param>
    /// <param name="network">The network that scores.</param>
    /// <param name="millisecondsPerInference">From one inference to the next.</param>
    /// <exception cref="SignalException">The rule does not fit the network.</exception>
    public static byte[] Write(DecisionRule rule, string source, IReadOnlyList<string>? labels, Network network, double millisecondsPerInference)
    {
        if (rule.Output < 0 || rule.Output >= network.OutputCount)
        {
            throw new SignalException(source, $"The output is {rule.Output}; the network has {network.OutputCount}, counted from 0.");
        }

        TensorDescription output = network.DescribeOutput(rule.Output);
        double scale = BitConverter.Int32BitsToSingle(output.ScaleBits);
        if (output.Type is not (ElementType.Int8 or ElementType.UInt8 or ElementType.Int16) || !(scale > 0))
        {
            throw new SignalException(source, $"The output {rule.Output} holds {output.Type} with scale {scale.ToString(CultureInfo.InvariantCulture)}; scores are int8, uint8 or int16 with a scale.");
        }

        int count = output.ByteLength / TensorTable.BytesOf(output.Type);
        IReadOnlyList<string> names = rule.Labels ?? labels ?? [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        if (names.Count != count)
        {
            throw new SignalException(source, $"There are {names.Count} labels; the network's output {rule.Output} has {count} scores, and each needs one.");
        }

        if (rule.Quiet.Concat(rule.Thresholds.Keys).FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is string unknown)
        {
            throw new SignalException(source, $"'{unknown}' is none of the labels: {string.Join(", ", names)}.");
        }

        QuantizedMultiplier multiplier = QuantizedMultiplier.From(scale * ModelLayout.FullScore);
        double suppression = Math.Ceiling(rule.SuppressionMilliseconds / millisecondsPerInference);
        ByteWriter writer = new();
        writer.UInt16(count);
        writer.UInt16(rule.Output);
        writer.Int32(rule.Average);
        writer.Int32(rule.Votes);
        writer.Int32(rule.VotesNeeded ?? rule.Votes);
        writer.Int32((int)Math.Min(suppression, int.MaxValue));
        writer.Int32(output.ZeroPoint);
        writer.Int32(multiplier.Multiplier);
        writer.Int32(multiplier.Shift);
        WriteLabels(writer, rule, names);
        return writer.ToArray();
    }

    private static void WriteLabels(ByteWriter writer, DecisionRule rule, IReadOnlyList<string> names)
    {
        byte[][] texts = [.. names.Select(Encoding.UTF8.GetBytes)];
        int offset = ModelLayout.DecisionLabels + (names.Count * ModelLayout.DecisionLabelBytes);
        for (int i = 0; i < names.Count; i++)
        {
            double threshold = rule.Thresholds.TryGetValue(names[i], out double own) ? own : rule.Threshold;
            writer.Int32(offset);
            writer.Int32(texts[i].Length);
            writer.Int32(Score(threshold));
            writer.Int32(Score(Math.Min(rule.Release ?? threshold, threshold)));
            writer.Int32(rule.Quiet.Contains(names[i], StringComparer.Ordinal) ? 1 : 0);
            offset += texts[i].Length;
        }

        foreach (byte[] text in texts)
        {
            writer.Bytes(text);
        }
    }

    private static int Score(double value)
    {
        return (int)Math.Round(value * ModelLayout.FullScore, MidpointRounding.AwayFromZero);
    }
}
