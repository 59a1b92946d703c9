using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Converter.Signal;

/// <summary>The words for units, in front-end files and for people.</summary>
internal static class UnitWords
{
    /// <summary>All words, in the order of the units.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<SignalUnit>().Select(Of)];

    /// <summary>The word for a unit.</summary>
    public static string Of(SignalUnit unit)
    {
        return unit switch
        {
            SignalUnit.None => "counts",
            SignalUnit.FullScale => "full scale",
            SignalUnit.Gravity => "g",
            SignalUnit.MetrePerSecondSquared => "m/s^2",
            SignalUnit.DegreePerSecond => "degree/s",
            SignalUnit.RadianPerSecond => "rad/s",
            SignalUnit.Volt => "V",
            SignalUnit.DegreeCelsius => "degree C",
            SignalUnit.Pascal => "Pa",
            SignalUnit.Relative => "ratio",
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "There is no word for this unit."),
        };
    }
}
