using System.Text.Json;
using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Quantizing.Recipes.Json;

/// <summary>Reads what a recipe says of single tensors.</summary>
internal static class TensorRuleReader
{
    /// <summary>Reads a rule; null if it cannot be one.</summary>
    public static TensorRule? Run(JsonPart part, List<JsonProblem> problems)
    {
        ObjectReader reader = new(part, problems);
        string? name = reader.Text("name");
        JsonPart? rangePart = reader.Part("range");
        ObjectReader calibration = reader.Object("calibration");
        CalibrationChange change = CalibrationChange.Of(calibration);
        reader.End();
        if (reader.IsPresent && (name is null || calibration.IsPresent == rangePart is not null))
        {
            problems.Add(new JsonProblem(part.Place, "a tensor rule without a name, or not with one of both", "\"name\", and either \"range\" or \"calibration\""));
        }

        (float, float)? range = rangePart is null ? null : Range(rangePart, problems);
        if (name is null || (rangePart is not null && range is null))
        {
            return null;
        }

        CalibrationScheme none = new();
        return new TensorRule(name)
        {
            Range = range,
            Calibration = calibration.IsPresent ? new CalibrationScheme(change.Method ?? none.Method, change.Percentile ?? none.Percentile, change.Momentum ?? none.Momentum) : null,
            Place = part.Place,
        };
    }

    private static (float Minimum, float Maximum)? Range(JsonPart part, List<JsonProblem> problems)
    {
        double?[] ends = [.. part.Elements.Select(ObjectReader.NumberOf)];
        if (part.Kind == JsonValueKind.Array && ends is [double minimum, double maximum] && minimum < maximum && float.IsFinite((float)minimum) && float.IsFinite((float)maximum))
        {
            return ((float)minimum, (float)maximum);
        }

        problems.Add(new JsonProblem(part.Place, part.Kind == JsonValueKind.Array ? $"[{string.Join(", ", part.Elements.Select(element => element.Found))}]" : part.Found, "two finite numbers in single precision, the smaller one first"));
        return null;
    }
}
