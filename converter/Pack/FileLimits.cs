using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Pack;

/// <summary>What the fields of a model file can hold: a network beyond it is refused before it is written.</summary>
internal static class FileLimits
{
    private const string Split = "Split the network.";

    /// <summary>Checks a network that has been planned.</summary>
    /// <exception cref="UnsupportedNetworkException">It has more of something than the file can hold: all of it.</exception>
    public static void Require(LoweredNetwork network)
    {
        List<Refusal> refusals = [];
        IReadOnlyList<LoweredTensor> tensors = network.Tensors();
        Limit(refusals, "tensors", tensors.Count, ModelLayout.MaximumTensors);
        Limit(refusals, "pieces of memory", tensors.Select(tensor => tensor.Buffer).OfType<LoweredBuffer>().Distinct().Count(), ModelLayout.MaximumBuffers);
        Limit(refusals, "sizes in different shapes", tensors.Select(tensor => string.Join(',', tensor.Shape)).Distinct(StringComparer.Ordinal).Sum(shape => 1 + shape.Count(letter => letter == ',')), ushort.MaxValue);
        foreach (LoweredOperator op in network.Operators)
        {
            int operands = Math.Max(op.Inputs.Count, Math.Max(op.Outputs.Count, op.Scratch.Count));
            if (operands > byte.MaxValue || op.Attributes.Count > ushort.MaxValue)
            {
                refusals.Add(Refusal.Of(
                    op.Node, $"It becomes an operator with {operands} operands of a kind and {op.Attributes.Count} attributes; the file holds {byte.MaxValue} and {ushort.MaxValue}.", "Split the node."));
            }
        }

        if (refusals.Count > 0)
        {
            throw new UnsupportedNetworkException(refusals);
        }
    }

    private static void Limit(List<Refusal> refusals, string what, int count, int most)
    {
        if (count > most)
        {
            refusals.Add(new Refusal("network", [], $"It has {count} {what}; the file holds {most}.", Split));
        }
    }
}
