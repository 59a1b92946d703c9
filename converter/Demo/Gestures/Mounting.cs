using System.Numerics;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>How the sensor is strapped to the hand: turned against the hand's axes (x to the right, y forward, z up).</summary>
/// <param name="Roll">About y, in degrees.</param>
/// <param name="Pitch">About x, in degrees.</param>
/// <param name="Yaw">About z, in degrees.</param>
internal sealed record Mounting(float Roll, float Pitch, float Yaw)
{
    private const double MostDegrees = 20;

    private readonly Quaternion _toHand =
        Quaternion.CreateFromAxisAngle(Vector3.UnitZ, float.DegreesToRadians(Yaw))
        * Quaternion.CreateFromAxisAngle(Vector3.UnitX, float.DegreesToRadians(Pitch))
        * Quaternion.CreateFromAxisAngle(Vector3.UnitY, float.DegreesToRadians(Roll));

    /// <summary>A mounting as careless as people are: up to 20 degrees off about each axis.</summary>
    public static Mounting Draw(Noise noise)
    {
        return new Mounting(noise.Between(-MostDegrees, MostDegrees), noise.Between(-MostDegrees, MostDegrees), noise.Between(-MostDegrees, MostDegrees));
    }

    /// <summary>What is along the hand's axes, along the sensor's.</summary>
    public Vector3 ToSensor(Vector3 hand)
    {
        return Vector3.Transform(hand, Quaternion.Conjugate(_toHand));
    }
}
