using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>Elements of the device's types as numbers and as bytes.</summary>
internal static class Elements
{
    /// <summary>The types that tensors on the device may have.</summary>
    public static DataType[] Types { get; } = [DataType.Int8, DataType.UInt8, DataType.Int16, DataType.Int32, DataType.Bool];

    /// <summary>A tensor of one quantization for each type.</summary>
    public static Tensor Tensor(string name, DataType type, params int[] shape)
    {
        return new Tensor(name, type, shape)
        {
            Quantization = type switch
            {
                DataType.Int8 => Quantization.PerTensor(0.05f, -3),
                DataType.UInt8 => Quantization.PerTensor(0.05f, 125),
                DataType.Int16 => Quantization.PerTensor(0.001f, 0),
                _ => null,
            },
        };
    }

    /// <summary>A constant.</summary>
    public static Tensor Constant(DataType type, int[] shape, params long[] values)
    {
        Tensor tensor = Tensor("constant", type, shape);
        tensor.Data = Bytes(type, values);
        return tensor;
    }

    /// <summary>Numbers from all over the type's range.</summary>
    public static long[] Random(Random random, Tensor tensor)
    {
        long[] values = new long[tensor.ElementCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = tensor.Type switch
            {
                DataType.Bool => random.Next(2),
                DataType.UInt8 => random.Next(256),
                DataType.Int8 => random.Next(-128, 128),
                DataType.Int16 => random.Next(short.MinValue, short.MaxValue + 1),
                _ => random.NextInt64(int.MinValue, int.MaxValue + 1L),
            };
        }

        return values;
    }

    public static byte[] Bytes(DataType type, long[] values)
    {
        byte[] bytes = new byte[values.Length * type.Bytes()];
        Span<byte> rest = bytes;
        foreach (long value in values)
        {
            switch (type.Bytes())
            {
                case 1: rest[0] = unchecked((byte)value); break;
                case 2: BinaryPrimitives.WriteInt16LittleEndian(rest, unchecked((short)value)); break;
                case 4: BinaryPrimitives.WriteInt32LittleEndian(rest, unchecked((int)value)); break;
                default: BinaryPrimitives.WriteInt64LittleEndian(rest, value); break;
            }

            rest = rest[type.Bytes()..];
        }

        return bytes;
    }
}
