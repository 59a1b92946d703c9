using System.Globalization;
using System.Text;

namespace EdgeQuant.Converter.Data.Text;

/// <summary>Numbers as text: a sign, digits with a point, an exponent; and nan, inf, which are refused later with their place.</summary>
internal static class CsvNumber
{
    /// <summary>Reads a number in UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) || TryInfinity(text, out number);
    }

    /// <summary>Reads a number.</summary>
    public static bool TryParse(string text, out double number)
    {
        return TryParse(Encoding.UTF8.GetBytes(text), out number);
    }

    /// <summary>Infinity as C and Python write it.</summary>
    private static bool TryInfinity(ReadOnlySpan<byte> text, out double number)
    {
        bool hasSign = text.Length > 0 && text[0] is (byte)'+' or (byte)'-';
        number = text.Length > 0 && text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(hasSign ? text[1..] : text, "inf"u8);
    }
}
