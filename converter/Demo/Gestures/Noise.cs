namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>Numbers drawn from a seed: the same on every run.</summary>
/// <param name="seed">The seed.</param>
internal sealed class Noise(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A number from <paramref name="least"/> up to <paramref name="most"/>, all as likely.</summary>
    public float Between(double least, double most)
    {
        return (float)(least + ((most - least) * _random.NextDouble()));
    }

    /// <summary>A normally distributed number of mean 0 and variance 1 (Box and Muller 1958).</summary>
    public float Normal()
    {
        return (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
    }

    /// <summary>True with a probability.</summary>
    public bool Happens(double probability)
    {
        return _random.NextDouble() < probability;
    }

    /// <summary>Puts elements into another order.</summary>
    public void Shuffle<T>(T[] elements)
    {
        _random.Shuffle(elements);
    }
}
