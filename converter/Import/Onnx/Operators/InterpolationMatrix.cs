using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Interpolation along one axis after the other, each a fully connected layer whose weights are those of the pixels.</summary>
internal static class InterpolationMatrix
{
    public static Tensor Run(NodeBuilder graph, Tensor data, ResizeGrid grid, ResizeCoordinates coordinates, InterpolationTaps taps)
    {
        if (data.Type != DataType.Float32)
        {
            throw ImportContext.Refused($"It interpolates {data}; supported are real numbers.", "Cast them to float before.");
        }

        foreach (int axis in grid.Axes)
        {
            int[] toLast = [.. Enumerable.Range(0, data.Rank).Where(other => other != axis), axis];
            int[] back = [.. Enumerable.Range(0, axis), data.Rank - 1, .. Enumerable.Range(axis, data.Rank - 1 - axis)];
            Tensor last = graph.Transposed(data, toLast);
            Tensor weights = graph.Constant([grid.To[axis], grid.From[axis]], Weights(grid, axis, coordinates, taps));
            data = graph.Transposed(graph.Add(new FullyConnected(Activation.None), [.. last.Shape[..^1], grid.To[axis]], last, weights), back);
        }

        return data;
    }

    /// <summary>For each output pixel the weight of each input pixel.</summary>
    private static float[] Weights(ResizeGrid grid, int axis, ResizeCoordinates coordinates, InterpolationTaps taps)
    {
        int from = grid.From[axis];
        Shapes.RequireSize([grid.To[axis], from]);
        float[] positions = grid.Positions(axis, coordinates);
        double[] matrix = new double[positions.Length * from];
        for (int i = 0; i < positions.Length; i++)
        {
            int before = (int)MathF.Floor(positions[i]);
            double[] weights = taps.Weights(positions[i] - before);
            double sum = 0;
            for (int tap = 0; tap < taps.Count; tap++)
            {
                int pixel = before + tap + 1 - (taps.Count / 2);
                bool counts = !taps.ExcludesOutside || (pixel >= 0 && pixel < from);
                matrix[(i * from) + Math.Clamp(pixel, 0, from - 1)] += counts ? weights[tap] : 0;
                sum += counts ? weights[tap] : 0;
            }

            for (int pixel = 0; pixel < from; pixel++)
            {
                matrix[(i * from) + pixel] /= sum;
            }
        }

        return Array.ConvertAll(matrix, weight => (float)weight);
    }
}
