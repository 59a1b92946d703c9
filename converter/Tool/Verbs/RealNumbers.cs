using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Options that take a real number.</summary>
internal static class RealNumbers
{
    /// <summary>Refuses what is no finite number, or outside of a range.</summary>
    public static Option<double?> Accepting(this Option<double?> option, double minimum, double maximum)
    {
        option.CustomParser = result => Parse(result, option.Name, minimum, maximum);
        return option;
    }

    private static double? Parse(ArgumentResult result, string option, double minimum, double maximum)
    {
        string text = result.Tokens[0].Value;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value) || value < minimum || value > maximum)
        {
            result.AddError($"{option} is '{text}'; allowed are {Range(minimum, maximum)}.");
        }

        return value;
    }

    private static string Range(double minimum, double maximum)
    {
        return (double.IsFinite(minimum), double.IsFinite(maximum)) switch
        {
            (true, true) => string.Create(CultureInfo.InvariantCulture, $"numbers from {minimum} to {maximum}"),
            (true, false) => string.Create(CultureInfo.InvariantCulture, $"numbers from {minimum}"),
            _ => "finite numbers",
        };
    }
}
