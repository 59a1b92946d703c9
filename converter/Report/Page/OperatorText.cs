using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page;

/// <summary>What the page says of an operator in several places.</summary>
internal static class OperatorText
{
    private const int Kibi = 1024;

    /// <summary>The bits of weights and activations: "w4 a8".</summary>
    public static string Bits(OperatorQuality op)
    {
        string activations = op.ActivationBits == 0 ? "" : $"a{op.ActivationBits}";
        return op.WeightBits is int bits ? $"w{bits} {activations}".TrimEnd() : activations;
    }

    /// <summary>The style sheet's classes of what it loses, how it is held and what it takes.</summary>
    public static string Classes(OperatorQuality op)
    {
        int bits = op.WeightBits ?? op.ActivationBits;
        string held = bits switch { 0 => "bx", <= 2 => "b2", <= 4 => "b4", <= 8 => "b8", <= 16 => "b16", _ => "b32" };
        string size = op.ConstantBytes switch { 0 => "s0", < Kibi => "s1", < 8 * Kibi => "s2", < 64 * Kibi => "s3", _ => "s4" };
        string place = op.Place == OperatorPlace.Device ? "" : " host";
        return $"{ErrorScale.Of(op.Error?.Sqnr)} {held} {size}{place}";
    }

    /// <summary>True if there was a float network to compare with.</summary>
    public static bool HasLosses(QuantizationReport report)
    {
        return report.Operators.Any(op => op.Error is not null || Clipped(report, op) is not null);
    }

    /// <summary>The share of its output's values that was clipped; null if not known.</summary>
    public static double? Clipped(QuantizationReport report, OperatorQuality op)
    {
        return op.Outputs.Count > 0 ? report.Tensors[op.Outputs[0]].Clipped : null;
    }
}
