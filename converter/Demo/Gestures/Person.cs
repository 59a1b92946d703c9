namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>Who makes gestures: how large and fast, with what muscles, how steadily, with which hand, and how the sensor is worn.</summary>
internal sealed record Person
{
    /// <summary>How far the gestures go, as a factor: 0.8 to 1.25.</summary>
    public required float Reach { get; init; }

    /// <summary>How fast they are, as a factor: 0.8 to 1.25.</summary>
    public required float Tempo { get; init; }

    /// <summary>The natural frequency of the hand on its arm, which the muscles pull, in hertz: 4.5 to 7.</summary>
    public required float Stiffness { get; init; }

    /// <summary>The damping ratio of the same: 0.6 to 1.</summary>
    public required float Damping { get; init; }

    /// <summary>The acceleration of the tremor that everyone has, in g: 0.004 to 0.025.</summary>
    public required float Tremor { get; init; }

    /// <summary>The frequency of the tremor in hertz: 8 to 12 (physiological tremor: Elble and Koller 1990).</summary>
    public required float TremorFrequency { get; init; }

    /// <summary>How far the wrist turns when the hand goes aside, as a part of the angle at the elbow: 0.2 to 0.8.</summary>
    public required float WristTurn { get; init; }

    /// <summary>1 for a hand that swipes to the right, -1 to the left.</summary>
    public required float Side { get; init; }

    /// <summary>How the sensor is worn.</summary>
    public required Mounting Mounting { get; init; }

    /// <summary>Draws a person.</summary>
    /// <param name="number">Whom: the same number is the same person.</param>
    public static Person Draw(int number)
    {
        Noise noise = new(number);
        return new Person
        {
            Reach = noise.Between(0.8, 1.25),
            Tempo = noise.Between(0.8, 1.25),
            Stiffness = noise.Between(4.5, 7),
            Damping = noise.Between(0.6, 1),
            Tremor = noise.Between(0.004, 0.025),
            TremorFrequency = noise.Between(8, 12),
            WristTurn = noise.Between(0.2, 0.8),
            Side = noise.Happens(0.5) ? 1 : -1,
            Mounting = Mounting.Draw(noise),
        };
    }
}
