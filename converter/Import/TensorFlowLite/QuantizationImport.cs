using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>
/// Makes quantization of TensorFlow Lite's quantization parameters: the graph's scales and zero points are sound, or a refusal says what was
/// wrong. Types that are never quantized have no quantization, whatever the file says.
/// </summary>
internal static class QuantizationImport
{
    private const string QuantizeAgain = "Convert the network again with full integer quantization.";

    /// <summary>The quantization of a tensor; null if it has none, or after refusing it.</summary>
    /// <param name="source">The tensor in the file.</param>
    /// <param name="type">The tensor's type in the graph.</param>
    /// <param name="shape">The tensor's shape in the graph.</param>
    /// <param name="refuse">Takes a reason and what would help.</param>
    public static Quantization? Import(TfliteTensor source, DataType type, int[] shape, Action<string, string> refuse)
    {
        if (source.Quantization is not TfliteQuantization given)
        {
            return null;
        }

        if (given.HasDetails)
        {
            refuse("It is quantized by a scheme of its own (custom or block-wise); supported are scales and zero points.", QuantizeAgain);
            return null;
        }

        if (RangeOf(type) is not (long, long) range || given.Scales.IsEmpty || IsUnused(given))
        {
            return null;
        }

        if (Problem(given, shape, range) is string problem)
        {
            // Writers copy the parameters of weights to biases, where nothing reads them; shapes and indices carry leftovers.
            if (type is not (DataType.Int32 or DataType.Int64))
            {
                refuse(problem, QuantizeAgain);
            }

            return null;
        }

        return new Quantization([.. given.Scales], ZeroPoints(given), given.Scales.Length == 1 ? 0 : given.Dimension);
    }

    /// <summary>Writers leave a scale of 0 on tensors that nothing has quantized.</summary>
    private static bool IsUnused(TfliteQuantization given)
    {
        return given.Scales is [0] && given.ZeroPoints is [] or [0];
    }

    private static string? Problem(TfliteQuantization given, int[] shape, (long Lowest, long Highest) range)
    {
        int scales = given.Scales.Length;
        bool perChannel = scales > 1;
        if (perChannel && (given.Dimension < 0 || given.Dimension >= shape.Length))
        {
            return $"Its {scales} scales lie along dimension {given.Dimension}, which it does not have.";
        }

        if (perChannel && shape[given.Dimension] != scales)
        {
            return $"It has {scales} scales along dimension {given.Dimension}, which has the size {shape[given.Dimension]}.";
        }

        // A channel whose weights are all 0 may have the scale 0: its products are 0 then.
        foreach (float scale in given.Scales)
        {
            if (!float.IsFinite(scale) || scale < 0 || (scale == 0 && !perChannel))
            {
                return $"A scale is {scale}; scales are finite numbers above 0.";
            }
        }

        if (given.ZeroPoints.Length > 1 && given.ZeroPoints.Length != scales)
        {
            return $"It has {given.ZeroPoints.Length} zero points and {scales} scales.";
        }

        foreach (long zeroPoint in given.ZeroPoints)
        {
            if (zeroPoint < range.Lowest || zeroPoint > range.Highest)
            {
                return $"A zero point is {zeroPoint}; those of its type are {range.Lowest} to {range.Highest}.";
            }
        }

        return null;
    }

    /// <summary>One zero point may stand for all channels, and none for 0.</summary>
    private static long[] ZeroPoints(TfliteQuantization given)
    {
        return given.ZeroPoints.Length == given.Scales.Length
            ? [.. given.ZeroPoints]
            : [.. Enumerable.Repeat(given.ZeroPoints.FirstOrDefault(), given.Scales.Length)];
    }

    /// <summary>The integers of a type that can be quantized.</summary>
    private static (long Lowest, long Highest)? RangeOf(DataType type)
    {
        return type switch
        {
            DataType.Int4 => (-8, 7),
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            DataType.UInt16 => (ushort.MinValue, ushort.MaxValue),
            DataType.Int32 => (int.MinValue, int.MaxValue),
            DataType.Int64 => (int.MinValue, int.MaxValue),
            _ => null,
        };
    }
}
