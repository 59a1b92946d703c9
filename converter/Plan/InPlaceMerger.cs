using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Converter.Plan;

/// <summary>Gives input and output of an operator one buffer where it may compute in place and nothing reads the input afterwards.</summary>
internal static class InPlaceMerger
{
    /// <summary>Merges what can be merged, in the order of execution.</summary>
    /// <returns>The number of operators that compute in place.</returns>
    public static int Run(LoweredNetwork network)
    {
        int merged = 0;
        ILookup<LoweredBuffer?, LoweredTensor> tensors = network.Tensors().ToLookup(tensor => tensor.Buffer);
        Dictionary<LoweredBuffer, List<LoweredTensor>> members = tensors.Where(group => group.Key is not null).ToDictionary(group => group.Key!, group => group.ToList());
        for (int i = 0; i < network.Operators.Count; i++)
        {
            LoweredOperator op = network.Operators[i];
            if (op.Outputs.Count == 0 || op.Outputs[0].Buffer is not LoweredBuffer target || target.First != i || Source(op, i, target) is not LoweredBuffer source)
            {
                continue;
            }

            foreach (LoweredTensor tensor in members[target])
            {
                tensor.Buffer = source;
            }

            members[source].AddRange(members[target]);
            source.Last = Math.Max(source.Last, target.Last);
            source.Alignment = Math.Max(source.Alignment, target.Alignment);
            merged++;
        }

        return merged;
    }

    private static LoweredBuffer? Source(LoweredOperator op, int position, LoweredBuffer target)
    {
        for (int i = 0; i < op.Inputs.Count; i++)
        {
            if (op.Inputs[i] is LoweredTensor input && MayMerge(op, position, i, input, target))
            {
                return input.Buffer;
            }
        }

        return null;
    }

    private static bool MayMerge(LoweredOperator op, int position, int index, LoweredTensor input, LoweredBuffer target)
    {
        LoweredTensor output = op.Outputs[0];
        return OperatorKinds.MayOverwrite(op.Kind, index)
            && !op.ComputesTwice
            && input.Buffer is LoweredBuffer buffer
            && buffer != target
            && buffer.Last == position
            && buffer.Bytes == target.Bytes
            && input.Offset == output.Offset
            && input.ByteLength == output.ByteLength
            && TensorTable.BytesOf(input.Type) == TensorTable.BytesOf(output.Type)
            && !op.Inputs.Where((other, i) => i != index && other?.Buffer == buffer).Any()
            && !op.Outputs.Skip(1).Concat(op.Scratch).Any(other => other.Buffer == buffer || other.Buffer == target);
    }
}
