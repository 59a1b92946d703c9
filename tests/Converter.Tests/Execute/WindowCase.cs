using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>A random window that slides over random data, and what it sees.</summary>
/// <param name="Data">[batch, height, width, channels].</param>
/// <param name="KernelHeight">The window's height.</param>
/// <param name="KernelWidth">The window's width.</param>
/// <param name="Attributes">How it slides.</param>
internal sealed record WindowCase(int[] Data, int KernelHeight, int KernelWidth, WindowAttributes Attributes)
{
    public int Taps => KernelHeight * KernelWidth;

    /// <param name="random">Where it comes from.</param>
    /// <param name="channels">Channels of the data.</param>
    /// <param name="alwaysSees">True if each window shall see at least one pixel.</param>
    public static WindowCase Of(Random random, int channels, bool alwaysSees = false)
    {
        (int height, int width) = (random.Next(1, 12), random.Next(1, 12));
        (int kernelHeight, int kernelWidth) = random.Next(4) == 0 ? (1, 1) : (random.Next(1, 5), random.Next(1, 5));
        if (alwaysSees)
        {
            (kernelHeight, kernelWidth) = (Math.Min(kernelHeight, height), Math.Min(kernelWidth, width));
        }

        (int dilationY, int dilationX) = random.Next(3) == 0 && !alwaysSees ? (random.Next(1, 4), random.Next(1, 4)) : (1, 1);
        int reachY = ((kernelHeight - 1) * dilationY) + 1;
        int reachX = ((kernelWidth - 1) * dilationX) + 1;
        (int top, int left) = (random.Next(reachY), random.Next(reachX));
        int bottom = Math.Max(random.Next(reachY), reachY - height - top);
        int right = Math.Max(random.Next(reachX), reachX - width - left);
        WindowAttributes window = new(random.Next(1, 4), random.Next(1, 4), dilationY, dilationX, top, bottom, left, right);
        return new WindowCase([random.Next(1, 3), height, width, channels], kernelHeight, kernelWidth, window);
    }

    /// <summary>The shape of the output.</summary>
    public int[] Output(int channels)
    {
        Tensor data = new("data", DataType.Float32, Data);
        return [Data[0], (int)Attributes.OutputHeight(data, KernelHeight), (int)Attributes.OutputWidth(data, KernelWidth), channels];
    }

    /// <summary>A number for each element of the output.</summary>
    public double[] Each(int[] shape, Func<int, int, int, int, double> of)
    {
        return [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i =>
            of(i / shape[3] / shape[2] / shape[1], i / shape[3] / shape[2] % shape[1], i / shape[3] % shape[2], i % shape[3]))];
    }

    /// <summary>The sum over the pixels that the window sees from an output pixel.</summary>
    /// <param name="data">The data.</param>
    /// <param name="batch">The output pixel's batch.</param>
    /// <param name="y">Its line.</param>
    /// <param name="x">Its column.</param>
    /// <param name="of">What to add, by the position in the window and the pixel's channels.</param>
    public double Sum(float[] data, int batch, int y, int x, Func<int, float[], double> of)
    {
        double sum = 0;
        for (int tap = 0; tap < Taps; tap++)
        {
            int fromY = (y * Attributes.StrideHeight) - Attributes.PaddingTop + (tap / KernelWidth * Attributes.DilationHeight);
            int fromX = (x * Attributes.StrideWidth) - Attributes.PaddingLeft + (tap % KernelWidth * Attributes.DilationWidth);
            if (fromY >= 0 && fromY < Data[1] && fromX >= 0 && fromX < Data[2])
            {
                int at = ((((batch * Data[1]) + fromY) * Data[2]) + fromX) * Data[3];
                sum += of(tap, data[at..(at + Data[3])]);
            }
        }

        return sum;
    }
}
