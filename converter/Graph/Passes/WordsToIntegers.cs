using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// The device has no unsigned words, so signal operators take the bits of uint32 as int32, and a uint64 as two of them, the low one first. A
/// network in which anything else touches unsigned words, or that has them at its edges, is left alone.
/// </summary>
internal sealed class WordsToIntegers : GraphPass
{
    public override string Name => "words-to-integers";

    public override int Run(NetworkGraph graph)
    {
        Tensor[] words = [.. graph.Nodes.SelectMany(Operands).Where(tensor => IsWord(tensor.Type)).Distinct()];
        if (graph.Inputs.Concat(graph.Outputs).Any(tensor => IsWord(tensor.Type)) || !graph.Nodes.TrueForAll(node => !Operands(node).Any(words.Contains) || KeepsBits(node)))
        {
            return 0;
        }

        foreach (Tensor word in words)
        {
            word.Shape = word.Type == DataType.UInt64 ? [.. word.Shape, 2] : word.Shape;
            word.Type = DataType.Int32;
        }

        return words.Length;
    }

    private static IEnumerable<Tensor> Operands(Node node)
    {
        return node.Inputs.OfType<Tensor>().Concat(node.Outputs);
    }

    private static bool IsWord(DataType type)
    {
        return type is DataType.UInt32 or DataType.UInt64;
    }

    private static bool KeepsBits(Node node)
    {
        bool isLong = Operands(node).Any(tensor => tensor.Type == DataType.UInt64);
        return node.Operation switch
        {
            SignalFilterBank or SignalFilterBankSquareRoot => true,
            SignalEnergy or SignalFilterBankSpectralSubtraction or SignalPcan or SignalFilterBankLog or MovementOperation => !isLong,
            Cast => !isLong && Operands(node).All(tensor => tensor.Type == DataType.UInt32 || tensor.Type.IsOnDevice()),
            _ => false,
        };
    }
}
