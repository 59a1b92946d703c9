namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>Operators that move elements or take them together, as the specification defines them.</summary>
internal static class PlainShapes
{
    public static PlainTensor Reshape(PlainTensor data, int[] wanted)
    {
        int[] shape = [.. wanted.Select((size, axis) => size == 0 ? data.Shape[axis] : size)];
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            shape[open] = data.Values.Length / -shape.Aggregate(1, (product, size) => product * size);
        }

        return data with { Shape = shape };
    }

    public static PlainTensor Squeeze(PlainTensor data, int[] axes)
    {
        return data with { Shape = [.. data.Shape.Where((_, axis) => !axes.Contains(axis) && !axes.Contains(axis - data.Rank))] };
    }

    public static PlainTensor Unsqueeze(PlainTensor data, int[] axes)
    {
        List<int> shape = [.. data.Shape];
        foreach (int axis in axes.Select(axis => axis < 0 ? axis + data.Rank + axes.Length : axis).Order())
        {
            shape.Insert(axis, 1);
        }

        return data with { Shape = [.. shape] };
    }

    public static PlainTensor Transpose(PlainTensor data, int[] permutation)
    {
        return PlainTensor.Of([.. permutation.Select(axis => data.Shape[axis])], place =>
        {
            int[] from = new int[place.Length];
            for (int i = 0; i < place.Length; i++)
            {
                from[permutation[i]] = place[i];
            }

            return data.At(from);
        });
    }

    public static PlainTensor Gather(PlainTensor data, PlainTensor indices, int axis)
    {
        int[] shape = [.. data.Shape[..axis], .. indices.Shape, .. data.Shape[(axis + 1)..]];
        return PlainTensor.Of(shape, place =>
        {
            int index = (int)indices.At(place.AsSpan(axis, indices.Rank));
            return data.At([.. place[..axis], index < 0 ? index + data.Shape[axis] : index, .. place[(axis + indices.Rank)..]]);
        });
    }

    public static PlainTensor Concat(PlainTensor[] parts, int axis)
    {
        int along = axis < 0 ? axis + parts[0].Rank : axis;
        int[] shape = [.. parts[0].Shape];
        shape[along] = parts.Sum(part => part.Shape[along]);
        return PlainTensor.Of(shape, place =>
        {
            int[] from = [.. place];
            int part = 0;
            for (; from[along] >= parts[part].Shape[along]; part++)
            {
                from[along] -= parts[part].Shape[along];
            }

            return parts[part].At(from);
        });
    }

    public static PlainTensor Slice(PlainTensor data, int[] starts, int[] ends, int[] axes)
    {
        int[] first = new int[data.Rank];
        int[] shape = [.. data.Shape];
        for (int i = 0; i < axes.Length; i++)
        {
            int size = data.Shape[axes[i]];
            first[axes[i]] = starts[i] < 0 ? starts[i] + size : starts[i];
            shape[axes[i]] = Math.Min(ends[i] < 0 ? ends[i] + size : ends[i], size) - first[axes[i]];
        }

        return PlainTensor.Of(shape, place => data.At([.. place.Select((at, axis) => at + first[axis])]));
    }

    public static PlainTensor[] Split(PlainNode node)
    {
        PlainTensor data = node[0];
        int axis = node.Int("axis", 0);
        int size = data.Shape[axis] / node.Outputs;
        return [.. Enumerable.Range(0, node.Outputs).Select(part => Slice(data, [part * size], [(part + 1) * size], [axis]))];
    }

    public static PlainTensor Mean(PlainTensor data, int[] given, bool keep)
    {
        int[] axes = [.. given.Select(axis => axis < 0 ? axis + data.Rank : axis)];
        int[] kept = [.. data.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        int[] reduced = [.. axes.Select(axis => data.Shape[axis])];
        PlainTensor mean = PlainTensor.Of(kept, place =>
        {
            double sum = 0;
            PlainTensor.Of(reduced, inner =>
            {
                int[] from = [.. place];
                for (int i = 0; i < axes.Length; i++)
                {
                    from[axes[i]] = inner[i];
                }

                sum += data.At(from);
                return 0;
            });
            return sum / reduced.Aggregate(1, (product, size) => product * size);
        });
        return keep ? mean : mean with { Shape = [.. kept.Where((_, axis) => !axes.Contains(axis))] };
    }

    public static PlainTensor Softmax(PlainTensor data, int axis)
    {
        PlainTensor exponentials = data with { Values = Array.ConvertAll(data.Values, Math.Exp) };
        int along = axis < 0 ? axis + data.Rank : axis;
        PlainTensor mean = Mean(exponentials, [along], keep: true);
        return PlainOnnx.Pair(exponentials, mean, (value, average) => value / (average * data.Shape[along]));
    }

    public static PlainTensor InstanceNormalization(PlainNode node)
    {
        PlainTensor data = node[0];
        int[] axes = [.. Enumerable.Range(2, data.Rank - 2)];
        PlainTensor centered = PlainOnnx.Pair(data, Mean(data, axes, keep: true), (value, mean) => value - mean);
        PlainTensor variance = Mean(PlainOnnx.Pair(centered, centered, (a, b) => a * b), axes, keep: true);
        PlainTensor normalized = PlainOnnx.Pair(centered, variance, (value, square) => value / Math.Sqrt(square + node.Float("epsilon", 1e-5f)));
        return PlainTensor.Of(data.Shape, place => (normalized.At(place) * node[1].At(place[1])) + node[2].At(place[1]));
    }

    public static PlainTensor MatMul(PlainTensor left, PlainTensor right)
    {
        int depth = left.Shape[^1];
        int[] outer = PlainOnnx.Pair(Outer(left), Outer(right), (_, _) => 0).Shape;
        return PlainTensor.Of([.. outer, left.Shape[^2], right.Shape[^1]], place => Enumerable.Range(0, depth).Sum(k =>
            left.Broadcast([.. place[..^2], place[^2], k]) * right.Broadcast([.. place[..^2], k, place[^1]])));

        static PlainTensor Outer(PlainTensor tensor)
        {
            return PlainTensor.Of(tensor.Shape[..^2], _ => 0);
        }
    }

    public static PlainTensor Gemm(PlainNode node)
    {
        PlainTensor right = node.Int("transB", 0) != 0 ? Transpose(node[1], [1, 0]) : node[1];
        PlainTensor product = MatMul(node[0], right);
        return node.Optional(2) is PlainTensor bias ? PlainOnnx.Pair(product, bias, (a, b) => a + b) : product;
    }
}
