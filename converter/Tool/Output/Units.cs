using System.Globalization;

namespace EdgeQuant.Tool.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Units
{
    /// <summary>A count with separators: 12,345.</summary>
    public static string Count(long count)
    {
        return count.ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>A size: 12,345 bytes.</summary>
    public static string Bytes(long bytes)
    {
        return bytes == 1 ? "1 byte" : Count(bytes) + " bytes";
    }

    /// <summary>A duration in the unit that suits it: 850 ns, 12.3 µs, 4.56 ms.</summary>
    public static string Duration(double nanoseconds)
    {
        return nanoseconds switch
        {
            < 999.5 => nanoseconds.ToString("0", CultureInfo.InvariantCulture) + " ns",
            < 999.5e3 => Significant(nanoseconds / 1e3) + " µs",
            < 999.5e6 => Significant(nanoseconds / 1e6) + " ms",
            _ => Significant(nanoseconds / 1e9) + " s",
        };
    }

    /// <summary>So many a second, with the prefix of the unit that follows: 12.3 k, 4.56 M, 276 G.</summary>
    public static string Rate(double perSecond)
    {
        return perSecond switch
        {
            < 999.5e3 => Significant(perSecond / 1e3) + " k",
            < 999.5e6 => Significant(perSecond / 1e6) + " M",
            _ => Significant(perSecond / 1e9) + " G",
        };
    }

    /// <summary>A number with three significant digits: 4.56, 12.3, 850.</summary>
    public static string Significant(double number)
    {
        double size = Math.Abs(number);
        string format = size switch { < 9.995 => "0.00", < 99.95 => "0.0", _ => "0" };
        return number.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A part as a percentage: 12.3 %.</summary>
    public static string Percent(double part)
    {
        return (part * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A shape: 1x49x10x8; "scalar" without dimensions.</summary>
    public static string Shape(IReadOnlyList<int> shape)
    {
        return shape.Count == 0 ? "scalar" : string.Join('x', shape);
    }
}
