using EdgeQuant.Boards;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>The units that sensors measure in, in those that models take.</summary>
internal static class ModelUnit
{
    private const double StandardGravity = 9.80665;
    private const double PascalsOfHectopascal = 100;
    private const double PartOfPercent = 0.01;

    /// <summary>What one unit of a sensor's channel is in a model's unit; null: it does not measure that.</summary>
    public static double? Factor(SensorChannel channel, SignalUnit unit)
    {
        return (channel.Unit, unit) switch
        {
            (_, SignalUnit.None) => 1,
            ("FS", SignalUnit.FullScale) => 1,
            ("g", SignalUnit.Gravity) => 1,
            ("g", SignalUnit.MetrePerSecondSquared) => StandardGravity,
            ("deg/s", SignalUnit.DegreePerSecond) => 1,
            ("deg/s", SignalUnit.RadianPerSecond) => Math.PI / 180,
            ("V", SignalUnit.Volt) => 1,
            ("degC", SignalUnit.DegreeCelsius) => 1,
            ("hPa", SignalUnit.Pascal) => PascalsOfHectopascal,
            ("%", SignalUnit.Relative) => PartOfPercent,
            _ => null,
        };
    }
}
