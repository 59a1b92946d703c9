using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute;

/// <summary>The real numbers that a quantized tensor can hold: multiples of its scale within its type's range.</summary>
internal sealed class Grid
{
    private readonly float _scale;
    private readonly float _lowest;
    private readonly float _highest;

    private Grid(float scale, float lowest, float highest)
    {
        _scale = scale;
        _lowest = lowest;
        _highest = highest;
    }

    /// <summary>The grid of an activation; null if it holds plain numbers.</summary>
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

    /// <summary>Moves each value to the nearest one of the grid, ties away from zero.</summary>
    public void Round(Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Clamp(MathF.Round(values[i] / _scale, MidpointRounding.AwayFromZero), _lowest, _highest) * _scale;
        }
    }
}
