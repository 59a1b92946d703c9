namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>How people move from one place to another: as smoothly as can be (Flash and Hogan 1985).</summary>
internal static class MinimumJerk
{
    /// <summary>The part of the way that is behind.</summary>
    /// <param name="part">The part of the time that is: below 0 the movement has not begun, above 1 it is over.</param>
    public static float At(float part)
    {
        float t = Math.Clamp(part, 0, 1);
        return t * t * t * (10 + (t * (-15 + (6 * t))));
    }
}
