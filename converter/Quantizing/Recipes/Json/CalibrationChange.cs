using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Quantizing.Recipes.Json;

/// <summary>What an object says of calibration; what is null it does not say.</summary>
internal sealed record CalibrationChange(CalibrationMethod? Method, double? Percentile, double? Momentum)
{
    /// <summary>Reads all members of an object.</summary>
    public static CalibrationChange Of(ObjectReader reader)
    {
        CalibrationChange change = new(
            reader.Word<CalibrationMethod>("method"),
            reader.Number("percentile", value => value is > 50 and <= 100, "a number above 50 and at most 100"),
            reader.Number("momentum", value => value is >= 0 and < 1, "a number from 0 to below 1"));
        reader.End();
        return change;
    }
}
