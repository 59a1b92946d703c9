using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>What real numbers become.</summary>
internal static class QuantizedReaders
{
    /// <summary>The integers that a result becomes, if nothing reads it as real numbers; null otherwise.</summary>
    public static Tensor? Of(NetworkGraph graph, Tensor real)
    {
        Node[] readers = [.. graph.Consumers(real)];
        if (readers.Length == 0 || graph.Outputs.Contains(real) || !Array.TrueForAll(readers, reader => reader.Operation is Quantize))
        {
            return null;
        }

        Tensor[] integers = [.. readers.Select(reader => reader.Output())];
        bool same = Array.TrueForAll(integers, other => other.Type == integers[0].Type && Equals(other.Quantization, integers[0].Quantization));
        return same && integers.Count(graph.Outputs.Contains) <= 1 ? integers.FirstOrDefault(graph.Outputs.Contains, integers[0]) : null;
    }
}
