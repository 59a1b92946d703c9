using System.Numerics;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>A gesture as it is made once: where the hand wants to be.</summary>
/// <param name="Gesture">Which.</param>
/// <param name="Seconds">How long it takes.</param>
/// <param name="Size">How far it goes, in metres, below 0 to the left: the way of a swipe, the radius of a circle, half the way of a shake, the depth of a tap.</param>
/// <param name="Angle">How far it is off its usual direction, in radians about the vertical.</param>
internal sealed record Stroke(Gesture Gesture, float Seconds, float Size, float Angle)
{
    private const int Shakes = 4;
    private const int Taps = 2;

    /// <summary>The part of a shake in which it grows, and again that in which it ends.</summary>
    private const float Onset = 0.15f;

    /// <summary>How deep the table is below the hand, as a part of a tap's depth.</summary>
    private const float TableDepth = 0.5f;

    /// <summary>The height of the table that is tapped on, in metres above where the hand rests; null where there is none.</summary>
    public float? Table => Gesture == Gesture.Tap ? -TableDepth * MathF.Abs(Size) : null;

    /// <summary>Draws an execution: nobody makes the same gesture twice.</summary>
    public static Stroke Draw(Gesture gesture, Person person, Noise noise)
    {
        (float seconds, float metres) = gesture switch
        {
            Gesture.Swipe => (0.5f, 0.35f),
            Gesture.Circle => (1.1f, 0.1f),
            Gesture.Shake => (1.1f, 0.035f),
            Gesture.Tap => (0.45f, 0.03f),
            _ => (1, 0),
        };
        float size = metres * person.Reach * noise.Between(0.88, 1.12);
        return new Stroke(gesture, seconds / person.Tempo * noise.Between(0.9, 1.1), size * person.Side, noise.Between(-0.3, 0.3));
    }

    /// <summary>Where the hand wants to be, in metres from where it rests: x to the right, y forward, z up.</summary>
    /// <param name="time">Seconds since the gesture began; before that it is at rest, afterwards where it ended.</param>
    public Vector3 Target(float time)
    {
        float part = Math.Clamp(time / Seconds, 0, 1);
        Vector3 target = Gesture switch
        {
            Gesture.Swipe => new Vector3(Size * MinimumJerk.At(part), 0, 0),
            Gesture.Circle => Circle(float.Tau * MinimumJerk.At(part)),
            Gesture.Shake => new Vector3(0, Size * Envelope(part) * MathF.Sin(float.Tau * Shakes * part), 0),
            Gesture.Tap => new Vector3(0, 0, -MathF.Abs(Size) * Square(MathF.Sin(MathF.PI * Taps * part))),
            _ => Vector3.Zero,
        };
        return Vector3.Transform(target, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, Angle));
    }

    private Vector3 Circle(float angle)
    {
        return new Vector3(Size * MathF.Sin(angle), 0, MathF.Abs(Size) * (1 - MathF.Cos(angle)));
    }

    private static float Envelope(float part)
    {
        return MinimumJerk.At(part / Onset) * MinimumJerk.At((1 - part) / Onset);
    }

    private static float Square(float value)
    {
        return value * value;
    }
}
