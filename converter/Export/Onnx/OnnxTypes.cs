using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.Onnx.Protocol;

namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>Element types in the format's numbers.</summary>
internal static class OnnxTypes
{
    /// <summary>The format's type; null for types that values of a network cannot have there. int4 constants are written as int8.</summary>
    public static TensorProto.Types.DataType? Of(DataType type)
    {
        return type switch
        {
            DataType.Float32 => TensorProto.Types.DataType.Float,
            DataType.Float16 => TensorProto.Types.DataType.Float16,
            DataType.Float64 => TensorProto.Types.DataType.Double,
            DataType.Int8 or DataType.Int4 => TensorProto.Types.DataType.Int8,
            DataType.UInt8 => TensorProto.Types.DataType.Uint8,
            DataType.Int16 => TensorProto.Types.DataType.Int16,
            DataType.UInt16 => TensorProto.Types.DataType.Uint16,
            DataType.Int32 => TensorProto.Types.DataType.Int32,
            DataType.UInt32 => TensorProto.Types.DataType.Uint32,
            DataType.Int64 => TensorProto.Types.DataType.Int64,
            DataType.UInt64 => TensorProto.Types.DataType.Uint64,
            DataType.Bool => TensorProto.Types.DataType.Bool,
            _ => null,
        };
    }

    /// <summary>The integers that a quantized activation can hold; null for types that none has.</summary>
    public static (long Lowest, long Highest)? RangeOf(DataType type)
    {
        return type switch
        {
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            _ => null,
        };
    }
}
