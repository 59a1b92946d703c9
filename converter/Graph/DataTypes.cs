namespace EdgeQuant.Converter.Graph;

/// <summary>What is known of the element types.</summary>
internal static class DataTypes
{
    /// <summary>True if the device can hold activations of this type. All others stay on the host's side of the boundary.</summary>
    public static bool IsOnDevice(this DataType type)
    {
        return type is DataType.Int8 or DataType.UInt8 or DataType.Int16 or DataType.Int32 or DataType.Bool;
    }

    /// <summary>Bytes of an element; 0 if elements are no whole bytes of a fixed number.</summary>
    public static int Bytes(this DataType type)
    {
        return type switch
        {
            DataType.Int8 or DataType.UInt8 or DataType.Bool => 1,
            DataType.Int16 or DataType.UInt16 or DataType.Float16 => 2,
            DataType.Int32 or DataType.UInt32 or DataType.Float32 => 4,
            DataType.Int64 or DataType.UInt64 or DataType.Float64 => 8,
            _ => 0,
        };
    }
}
