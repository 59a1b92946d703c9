using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// An operand of 8 bits whose scale is found while the network runs, and stands in a tensor beside it; or is fixed, and stands in attributes.
/// </summary>
/// <remarks>
/// Real value = (element - zero point) x multiplier x 2^(shift - 31). The scale tensor (int32 [3]) holds multiplier, shift and zero point.
/// Attributes, only where there is no scale tensor: multiplier (2^30 to 2^31 - 1), shift (-127 to 127), zero point (-128 to 127). What a scale
/// tensor holds is moved into these ranges when it is read.
/// </remarks>
internal sealed class DynamicOperand
{
    /// <summary>The elements of a scale tensor.</summary>
    internal const int ScaleElements = 3;

    /// <summary>Shifts are from minus this to this.</summary>
    internal const int LargestShift = 127;

    private const int SmallestMultiplier = 1 << 30;

    private readonly TensorData _data;
    private readonly TensorData _scale;

    /// <summary>Checks the operands and reads the attributes.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="name">What the operand is called in messages.</param>
    /// <param name="position">The position of the elements among the inputs.</param>
    /// <param name="scalePosition">The position of the scale among the inputs, where it may be absent.</param>
    internal DynamicOperand(OperatorReader reader, string name, int position, int scalePosition)
    {
        TensorInfo data = reader.Input(position);
        reader.RequireType(data, ElementType.Int8);
        _data = reader.Data(data);
        if (reader.HasInput(scalePosition))
        {
            TensorInfo scale = reader.Input(scalePosition);
            reader.RequireType(scale, ElementType.Int32);
            reader.RequireElements(scale, ScaleElements);
            _scale = reader.Data(scale);
        }
        else
        {
            int multiplier = reader.Attribute(name, "multiplier", SmallestMultiplier, int.MaxValue);
            Scale = new RealScale(multiplier, reader.Attribute(name, "shift", -LargestShift, LargestShift));
            ZeroPoint = reader.Attribute(name, "zero point", sbyte.MinValue, sbyte.MaxValue);
        }
    }

    internal ReadOnlyInt8Vector Elements => _data.Int8();

    /// <summary>The real value of one step; valid after <see cref="ReadScale"/>.</summary>
    internal RealScale Scale { get; private set; }

    /// <summary>The element that stands for 0; valid after <see cref="ReadScale"/>.</summary>
    internal int ZeroPoint { get; private set; }

    /// <summary>Reads what stands in the scale tensor now; does nothing where the scale is fixed.</summary>
    internal void ReadScale()
    {
        if (_scale.IsEmpty)
        {
            return;
        }

        ReadOnlyInt32Vector scale = _scale.Int32();
        int multiplier = FixedPoint.Clamp(scale[0], SmallestMultiplier, int.MaxValue);
        Scale = new RealScale(multiplier, FixedPoint.Clamp(scale[1], -LargestShift, LargestShift));
        ZeroPoint = FixedPoint.Clamp(scale[2], sbyte.MinValue, sbyte.MaxValue);
    }
}
