using System.Globalization;

namespace EdgeQuant.Converter.Report.Page;

/// <summary>Numbers as the page shows them.</summary>
internal static class Figures
{
    /// <summary>What stands where nothing was measured.</summary>
    public const string None = "–";

    private const int Kibi = 1024;

    /// <summary>A count with separators: 12,345.</summary>
    public static string Count(long count)
    {
        return count.ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>A large count with three digits: 12.3 M.</summary>
    public static string Rough(long count)
    {
        return count switch
        {
            < 10_000 => Count(count),
            < 999_500 => Significant(count / 1e3) + " k",
            < 999_500_000 => Significant(count / 1e6) + " M",
            _ => Significant(count / 1e9) + " G",
        };
    }

    /// <summary>A size with three digits: 12.3 KiB.</summary>
    public static string Bytes(long bytes)
    {
        return bytes switch
        {
            < Kibi => Count(bytes) + " B",
            < Kibi * Kibi => Significant((double)bytes / Kibi) + " KiB",
            _ => Significant((double)bytes / (Kibi * Kibi)) + " MiB",
        };
    }

    /// <summary>A number with three significant digits: 4.56, 12.3, 850.</summary>
    public static string Significant(double number)
    {
        double size = Math.Abs(number);
        string format = size switch { < 9.995 => "0.##", < 99.95 => "0.#", _ => "0" };
        return number.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A number with one decimal: 34.5.</summary>
    public static string Decimal(double number)
    {
        return double.IsPositiveInfinity(number) ? "exact" : number.ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>A real value with four significant digits, whatever its size: 0.0123, 1.235e-7.</summary>
    public static string Real(double value)
    {
        double size = Math.Abs(value);
        return value == 0 || (size >= 1e-4 && size < 1e6)
            ? value.ToString("G4", CultureInfo.InvariantCulture)
            : value.ToString("0.###e+0", CultureInfo.InvariantCulture);
    }

    /// <summary>A ratio in dB.</summary>
    public static string Decibels(double? value)
    {
        return value switch
        {
            null => None,
            double.PositiveInfinity => "exact",
            double.NaN => "not a number",
            double number => number.ToString("0.0", CultureInfo.InvariantCulture) + " dB",
        };
    }

    /// <summary>A cosine: as many nines as it has.</summary>
    public static string Cosine(double? value)
    {
        return value is double number ? Math.Min(number, 1).ToString("0.00000", CultureInfo.InvariantCulture) : None;
    }

    /// <summary>A share of 1 as a percentage with three digits: 0.012 %.</summary>
    public static string Share(double? share)
    {
        return share switch
        {
            null => None,
            0 => "0 %",
            < 1e-5 => "< 0.001 %",
            double number => (number * 100).ToString(number < 0.01 ? "0.###" : "0.#", CultureInfo.InvariantCulture) + " %",
        };
    }

    /// <summary>A measure with its unit: percent with two decimals, dB with one.</summary>
    public static string Measure(double value, string unit)
    {
        if (unit == "dB")
        {
            return Decibels(value);
        }

        string number = value.ToString(unit == "%" ? "0.00" : "0.####", CultureInfo.InvariantCulture);
        return unit.Length == 0 ? number : $"{number} {unit}";
    }

    /// <summary>A shape: 1×49×10×8; "scalar" without dimensions.</summary>
    public static string Shape(IReadOnlyList<int> shape)
    {
        return shape.Count == 0 ? "scalar" : string.Join('×', shape);
    }

    /// <summary>A text cut to a length, by an ellipsis in the middle: names differ at both ends.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        int front = most / 2;
        return string.Concat(text.AsSpan(0, front), "…", text.AsSpan(text.Length - (most - front - 1)));
    }
}
