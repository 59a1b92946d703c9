namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Which pixels a <see cref="ResizeNearestNeighbor"/> takes.</summary>
internal static class NearestPixels
{
    /// <summary>The input pixel of each output pixel along one axis, in single precision as the reference computes it.</summary>
    public static int[] Of(int inputs, int outputs, ResizeNearestNeighbor operation)
    {
        float scale = operation.AlignCorners && outputs > 1 ? (inputs - 1) / (float)(outputs - 1) : inputs / (float)outputs;
        float offset = operation.HalfPixelCenters ? 0.5f : 0;
        int[] pixels = new int[outputs];
        for (int i = 0; i < outputs; i++)
        {
            float position = (i + offset) * scale;
            float whole = operation.AlignCorners ? MathF.Round(position, MidpointRounding.AwayFromZero) : MathF.Floor(position);
            pixels[i] = Math.Min((int)whole, inputs - 1);
        }

        return pixels;
    }
}
