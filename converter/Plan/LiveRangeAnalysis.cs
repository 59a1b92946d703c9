using EdgeQuant.Converter.Lower;

namespace EdgeQuant.Converter.Plan;

/// <summary>Finds from when to when each buffer is alive, in positions of operators.</summary>
internal static class LiveRangeAnalysis
{
    /// <summary>
    /// Sets <see cref="LoweredBuffer.First"/> and <see cref="LoweredBuffer.Last"/> of every buffer: inputs live from position -1, outputs to
    /// the position after the last operator.
    /// </summary>
    /// <returns>The buffers in order of first use.</returns>
    public static IReadOnlyList<LoweredBuffer> Run(LoweredNetwork network)
    {
        List<LoweredBuffer> buffers = [.. network.Tensors().Select(tensor => tensor.Buffer).OfType<LoweredBuffer>().Distinct()];
        foreach (LoweredBuffer buffer in buffers)
        {
            buffer.First = int.MaxValue;
            buffer.Last = int.MinValue;
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

        return buffers;
    }

    private static void Touch(LoweredTensor? tensor, int position)
    {
        if (tensor?.Buffer is LoweredBuffer buffer)
        {
            buffer.First = Math.Min(buffer.First, position);
            buffer.Last = Math.Max(buffer.Last, position);
        }
    }
}
