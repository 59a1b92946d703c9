using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Options that take a whole number.</summary>
internal static class WholeNumbers
{
    /// <summary>Refuses what is no whole number, or below a minimum.</summary>
    public static void AcceptWholeNumbers(this Option<int> option, int minimum)
    {
        option.CustomParser = result => Parse(result, option.Name, minimum);
    }

    /// <summary>Refuses what is no whole number, or outside of a range.</summary>
    public static void AcceptWholeNumbers(this Option<int?> option, int minimum, int maximum = int.MaxValue)
    {
        option.CustomParser = result => Parse(result, option.Name, minimum, maximum);
    }

    private static int Parse(ArgumentResult result, string option, int minimum, int maximum = int.MaxValue)
    {
        string text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < minimum || value > maximum)
        {
            result.AddError($"{option} is '{text}'; allowed are whole numbers from {minimum} to {maximum}.");
        }

        return value;
    }
}
