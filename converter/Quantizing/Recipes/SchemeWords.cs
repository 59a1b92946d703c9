using System.Globalization;

namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>The words by which a command line changes a scheme, without a recipe file.</summary>
internal static class SchemeWords
{
    public const string Weights = "int8, int4, codebook or codebook:BITS with 2 to 8 bits";

    public const string Activations = "int8, int16 or dynamic";

    public const string Calibration = "minmax, moving-average[:MOMENTUM] from 0 to below 1, percentile[:PERCENT] above 50 to 100, entropy or mse";

    public const string Repair = "none, auto, or some of equalization, bias and rounding, separated by commas";

    /// <summary>What a word says of weights (<see cref="Weights"/>); null if it is none of them.</summary>
    public static SchemeChange? ToWeights(string text)
    {
        (string word, string? value) = Split(text);
        return word switch
        {
            "int8" when value is null => new SchemeChange { WeightEncoding = WeightEncoding.Int8 },
            "int4" when value is null => new SchemeChange { WeightEncoding = WeightEncoding.Int4 },
            "codebook" when value is null => new SchemeChange { WeightEncoding = WeightEncoding.Codebook },
            "codebook" when Whole(value) is int bits and >= 2 and <= 8 => new SchemeChange { WeightEncoding = WeightEncoding.Codebook, IndexBits = bits },
            _ => null,
        };
    }

    /// <summary>What a word says of activations (<see cref="Activations"/>); null if it is none of them.</summary>
    public static SchemeChange? ToActivations(string text)
    {
        return text switch
        {
            "int8" => new SchemeChange { ActivationType = ActivationType.Int8 },
            "int16" => new SchemeChange { ActivationType = ActivationType.Int16 },
            "dynamic" => new SchemeChange { ActivationType = ActivationType.Dynamic },
            _ => null,
        };
    }

    /// <summary>What a word says of calibration (<see cref="Calibration"/>); null if it is none of them.</summary>
    public static SchemeChange? ToCalibration(string text)
    {
        (string word, string? value) = Split(text);
        return word switch
        {
            "minmax" when value is null => new SchemeChange { CalibrationMethod = CalibrationMethod.MinMax },
            "entropy" when value is null => new SchemeChange { CalibrationMethod = CalibrationMethod.Entropy },
            "mse" when value is null => new SchemeChange { CalibrationMethod = CalibrationMethod.MeanSquaredError },
            "moving-average" when value is null => new SchemeChange { CalibrationMethod = CalibrationMethod.MovingAverage },
            "moving-average" when Real(value) is double momentum and >= 0 and < 1 =>
                new SchemeChange { CalibrationMethod = CalibrationMethod.MovingAverage, Momentum = momentum },
            "percentile" when value is null => new SchemeChange { CalibrationMethod = CalibrationMethod.Percentile },
            "percentile" when Real(value) is double percent and > 50 and <= 100 =>
                new SchemeChange { CalibrationMethod = CalibrationMethod.Percentile, Percentile = percent },
            _ => null,
        };
    }

    /// <summary>The repairs that words name (<see cref="Repair"/>); null if one is none of them.</summary>
    public static RepairScheme? ToRepair(string text)
    {
        switch (text)
        {
            case "none":
                return new RepairScheme();
            case "auto":
                return new RepairScheme(Auto: true);
            default:
                string[] words = text.Split(',');
                return Array.TrueForAll(words, word => word is "equalization" or "bias" or "rounding")
                    ? new RepairScheme(words.Contains("equalization"), words.Contains("bias"), words.Contains("rounding"))
                    : null;
        }
    }

    private static (string Word, string? Value) Split(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static int? Whole(string? text)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
    }

    private static double? Real(string? text)
    {
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : null;
    }
}
