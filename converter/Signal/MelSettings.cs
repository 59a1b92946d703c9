namespace EdgeQuant.Converter.Signal;

/// <summary>How sound becomes the bands of a mel scale (<c>converter/Signal/README.md</c>).</summary>
internal sealed record MelSettings
{
    /// <summary>The most samples of a frame: the longest transform.</summary>
    public const int MostFrameSamples = 32768;

    /// <summary>The most bands.</summary>
    public const int MostBands = 128;

    /// <summary>Samples of a frame.</summary>
    public required int FrameSamples { get; init; }

    /// <summary>Bands.</summary>
    public required int Bands { get; init; }

    /// <summary>Where the first band begins, in hertz.</summary>
    public required double Lowest { get; init; }

    /// <summary>Where the last band ends, in hertz; above <see cref="Lowest"/>, at most half the sample rate.</summary>
    public required double Highest { get; init; }

    /// <summary>Coefficients of the cosine transform, 1 to <see cref="Bands"/>; null if the features are the bands' logarithms.</summary>
    public int? Coefficients { get; init; }

    /// <summary>Samples that are transformed: a frame, and zeros up to a power of two.</summary>
    public int TransformSamples => TransformOf(FrameSamples);

    /// <summary>The shortest transform that a frame fits into.</summary>
    public static int TransformOf(int frameSamples)
    {
        const int Shortest = 4;
        return (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(frameSamples, Shortest));
    }
}
