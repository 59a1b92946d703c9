using EdgeQuant.Converter.Lower.Elements;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Two look-up tables in a row become one where nothing else reads what lies between them.</summary>
internal static class TableMerger
{
    /// <summary>Merges all chains, however long.</summary>
    /// <returns>The number of operators that were saved.</returns>
    public static int Run(LoweredNetwork network)
    {
        int merged = 0;
        for (int i = 0; i < network.Operators.Count; i++)
        {
            int producer = Producer(network, i);
            if (producer < 0)
            {
                continue;
            }

            network.Operators[i] = Merge(network.Operators[producer], network.Operators[i]);
            network.Operators.RemoveAt(producer);
            i--;
            merged++;
        }

        return merged;
    }

    /// <summary>The position of the table operator whose output only the table operator at a position reads; -1 if there is none.</summary>
    private static int Producer(LoweredNetwork network, int position)
    {
        LoweredOperator second = network.Operators[position];
        if (second.Kind != OperatorKind.LookUpTable || second.Inputs[0] is not { Buffer: LoweredBuffer between } input)
        {
            return -1;
        }

        int producer = network.Operators.FindIndex(op => op.Outputs.Concat(op.Scratch).Any(tensor => tensor.Buffer == between));
        if (producer < 0 || producer >= position || network.Operators[producer] is not { Kind: OperatorKind.LookUpTable } first)
        {
            return -1;
        }

        LoweredTensor output = first.Outputs[0];
        bool whole = output.Offset == input.Offset && output.ByteLength == input.ByteLength && first.Inputs[0]!.Storage != TensorStorage.State;
        return whole && !IsTouchedByOthers(network, between, first, second) ? producer : -1;
    }

    private static bool IsTouchedByOthers(LoweredNetwork network, LoweredBuffer buffer, LoweredOperator first, LoweredOperator second)
    {
        return network.Inputs.Concat(network.Outputs).Any(tensor => tensor.Buffer == buffer)
            || network.Operators.Exists(op => op != first && op != second
                && op.Inputs.Concat(op.Outputs).Concat(op.Scratch).Any(tensor => tensor?.Buffer == buffer))
            || second.Outputs[0].Buffer == buffer
            || first.Inputs[0]!.Buffer == buffer;
    }

    private static LoweredOperator Merge(LoweredOperator first, LoweredOperator second)
    {
        sbyte[] table = ElementTable.Chain(Table(first), Table(second));
        LoweredTensor constant = new()
        {
            Type = ElementType.Int8,
            Shape = [table.Length],
            Storage = TensorStorage.Constant,
            Data = [.. table.Select(entry => unchecked((byte)entry))],
        };
        return second with { Inputs = [first.Inputs[0], constant] };
    }

    private static sbyte[] Table(LoweredOperator op)
    {
        return [.. op.Inputs[1]!.Data!.Select(entry => unchecked((sbyte)entry))];
    }
}
