using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Converter.Plan;

/// <summary>
/// Places every buffer in the arena. First, operators that may compute in place get one buffer for input and output where the input dies
/// there. Then buffers are placed largest first, each at the lowest offset where nothing alive at the same time is in its way.
/// </summary>
internal static class ArenaPlanner
{
    /// <summary>Plans the arena; sets the offset of every buffer and the size of the arena.</summary>
    public static ArenaPlan Run(LoweredNetwork network)
    {
        Measure(network);
        MergeInPlace(network);
        Measure(network);
        List<LoweredBuffer> buffers = [.. network.Tensors().Select(tensor => tensor.Buffer).OfType<LoweredBuffer>().Distinct()];
        network.ArenaBytes = Place(buffers);
        return new ArenaPlan(network.ArenaBytes, LowerBound(buffers, network.Operators.Count));
    }

    private static void Measure(LoweredNetwork network)
    {
        foreach (LoweredTensor tensor in network.Tensors())
        {
            if (tensor.Buffer is LoweredBuffer buffer)
            {
                buffer.First = int.MaxValue;
                buffer.Last = int.MinValue;
            }
        }

        foreach (LoweredTensor tensor in network.Inputs)
        {
            Touch(tensor, -1);
        }

        for (int i = 0; i < network.Operators.Count; i++)
        {
            LoweredOperator op = network.Operators[i];
            foreach (LoweredTensor? tensor in op.Inputs.Concat(op.Outputs).Concat(op.Scratch))
            {
                Touch(tensor, i);
            }
        }

        foreach (LoweredTensor tensor in network.Outputs)
        {
            Touch(tensor, network.Operators.Count);
        }
    }

    private static void Touch(LoweredTensor? tensor, int position)
    {
        if (tensor?.Buffer is LoweredBuffer buffer)
        {
            buffer.First = Math.Min(buffer.First, position);
            buffer.Last = Math.Max(buffer.Last, position);
        }
    }

    private static void MergeInPlace(LoweredNetwork network)
    {
        for (int i = 0; i < network.Operators.Count; i++)
        {
            LoweredOperator op = network.Operators[i];
            if (op.Outputs.Count == 0 || op.Outputs[0].Buffer is not LoweredBuffer target || target.First != i)
            {
                continue;
            }

            for (int k = 0; k < op.Inputs.Count; k++)
            {
                if (op.Inputs[k] is LoweredTensor input && MayMerge(op, i, k, input, op.Outputs[0], target))
                {
                    LoweredBuffer source = input.Buffer!;
                    foreach (LoweredTensor tensor in network.Tensors().Where(tensor => tensor.Buffer == target))
                    {
                        tensor.Buffer = source;
                    }

                    source.Last = target.Last;
                    source.Alignment = Math.Max(source.Alignment, target.Alignment);
                    break;
                }
            }
        }
    }

    private static bool MayMerge(LoweredOperator op, int position, int input, LoweredTensor source, LoweredTensor output, LoweredBuffer target)
    {
        return OperatorKinds.MayOverwrite(op.Kind, input)
            && source.Buffer is LoweredBuffer buffer
            && buffer != target
            && buffer.Last == position
            && source.Offset == output.Offset
            && source.ByteLength == output.ByteLength
            && buffer.Bytes == target.Bytes
            && TensorTable.BytesOf(source.Type) == TensorTable.BytesOf(output.Type)
            && !op.Inputs.Where((other, i) => i != input && other?.Buffer == buffer).Any();
    }

    private static int Place(List<LoweredBuffer> buffers)
    {
        List<LoweredBuffer> placed = [];
        int end = 0;
        foreach (LoweredBuffer buffer in buffers.OrderByDescending(buffer => buffer.Bytes).ThenBy(buffer => buffer.First))
        {
            int offset = 0;
            foreach (LoweredBuffer other in placed.Where(other => other.First <= buffer.Last && buffer.First <= other.Last).OrderBy(other => other.Offset))
            {
                if (offset + buffer.Bytes <= other.Offset)
                {
                    break;
                }

                offset = Math.Max(offset, (other.Offset + other.Bytes + buffer.Alignment - 1) / buffer.Alignment * buffer.Alignment);
            }

            buffer.Offset = offset;
            placed.Add(buffer);
            end = Math.Max(end, offset + buffer.Bytes);
        }

        return end;
    }

    private static int LowerBound(List<LoweredBuffer> buffers, int operators)
    {
        int bound = 0;
        for (int position = -1; position <= operators; position++)
        {
            bound = Math.Max(bound, buffers.Where(buffer => buffer.First <= position && position <= buffer.Last).Sum(buffer => buffer.Bytes));
        }

        return bound;
    }
}
