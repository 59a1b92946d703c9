using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute;

/// <summary>Finds constants that hold NaN or an infinity: no network computes anything with them, and no scale fits them.</summary>
internal static class NonFiniteCheck
{
    /// <summary>The refusals, one for each constant: the first such number and where it stands.</summary>
    public static IReadOnlyList<Refusal> Run(NetworkGraph graph)
    {
        List<Refusal> refusals = [];
        HashSet<Tensor> seen = [];
        foreach (Node node in graph.HostBefore.Concat(graph.Nodes).Concat(graph.HostAfter))
        {
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (node.Inputs[i] is Tensor tensor && seen.Add(tensor) && Reason(tensor) is string reason)
                {
                    refusals.Add(new Refusal(
                        node.Source.ToString(), [$"input {i} {tensor}"], reason, "Train the network again, or repair the weights, and export it once more."));
                }
            }
        }

        return refusals;
    }

    private static string? Reason(Tensor tensor)
    {
        if (tensor is not { IsConstant: true, Type: DataType.Float16 or DataType.Float32 or DataType.Float64 } || ConstantValues.Of(tensor) is not float[] values)
        {
            return null;
        }

        int first = Array.FindIndex(values, value => !float.IsFinite(value));
        return first < 0
            ? null
            : $"'{tensor.Name}' holds {values[first]} at [{string.Join(',', Index(first, tensor.Shape))}], one of {values.Count(value => !float.IsFinite(value))} such numbers; all must be finite.";
    }

    private static int[] Index(int position, int[] shape)
    {
        int[] index = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            index[axis] = position % shape[axis];
            position /= shape[axis];
        }

        return index;
    }
}
