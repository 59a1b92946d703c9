using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute;

/// <summary>The real numbers that a quantized tensor can hold: multiples of its scale within its type's range.</summary>
internal sealed class Grid
{
    /// <summary>The largest number below one half: added before the fraction is cut off, it rounds every tie, and nothing below it, away from zero.</summary>
    private const float AlmostHalf = 0.49999997f;

    private readonly float _scale;
    private readonly float _lowest;
    private readonly float _highest;

    private Grid(float scale, float lowest, float highest)
    {
        _scale = scale;
        _lowest = lowest;
        _highest = highest;
    }

    /// <summary>The grid of an activation or a state; null if it holds plain numbers.</summary>
    public static Grid? Of(Tensor tensor)
    {
        if (tensor.IsConstant || tensor.Quantization is not { IsPerChannel: false, Scale: > 0 } quantization)
        {
            return null;
        }

        (long lowest, long highest) = tensor.Type switch
        {
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            DataType.Int32 => (int.MinValue, int.MaxValue),
            _ => (0L, 0L),
        };
        return lowest == highest ? null : new Grid(quantization.Scale, lowest - quantization.ZeroPoint, highest - quantization.ZeroPoint);
    }

    /// <summary>The grid of multiples of a scale.</summary>
    /// <param name="scale">Above 0.</param>
    /// <param name="lowest">The lowest multiple.</param>
    /// <param name="highest">The highest multiple.</param>
    public static Grid Of(float scale, int lowest, int highest)
    {
        return new Grid(scale, lowest, highest);
    }

    /// <summary>Moves each value to the nearest one of the grid, ties away from zero.</summary>
    public void Round(Span<float> values)
    {
        Vector256<float> scale = Vector256.Create(_scale);
        Vector256<float> lowest = Vector256.Create(_lowest);
        Vector256<float> highest = Vector256.Create(_highest);
        Vector256<float> half = Vector256.Create(AlmostHalf);
        Vector256<float> sign = Vector256.Create(-0f);
        Span<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(values);
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector256<float> steps = vectors[i] / scale;
            steps = Vector256.Truncate(steps + (half | (steps & sign)));
            vectors[i] = Vector256.Min(Vector256.Max(steps, lowest), highest) * scale;
        }

        for (int i = vectors.Length * Vector256<float>.Count; i < values.Length; i++)
        {
            values[i] = Math.Clamp(MathF.Round(values[i] / _scale, MidpointRounding.AwayFromZero), _lowest, _highest) * _scale;
        }
    }
}
