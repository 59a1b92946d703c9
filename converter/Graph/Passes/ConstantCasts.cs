using System.Buffers.Binary;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>A cast of a constant from integers to integers is done here and now; that is how 64-bit constants reach the device.</summary>
internal sealed class ConstantCasts : GraphPass
{
    public override string Name => "constant-casts";

    public override int Run(NetworkGraph graph)
    {
        return graph.Nodes.RemoveAll(node =>
        {
            if (node.Operation is not Cast || graph.Outputs.Contains(node.Output()) || ConstantReader.ConstantLongs(node.Input(0)) is not long[] values)
            {
                return false;
            }

            byte[]? data = Write(values, node.Output().Type);
            node.Output().Data = data;
            return data is not null;
        });
    }

    /// <summary>The values in an integer type, cut to their low bits; null if the type is none.</summary>
    private static byte[]? Write(long[] values, DataType type)
    {
        if (type is not (DataType.Bool or DataType.Int8 or DataType.UInt8 or DataType.Int16 or DataType.UInt16 or DataType.Int32 or DataType.UInt32 or DataType.Int64 or DataType.UInt64))
        {
            return null;
        }

        int size = type.Bytes();
        byte[] data = new byte[values.Length * size];
        byte[] element = new byte[sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(element, type == DataType.Bool ? Convert.ToInt64(values[i] != 0) : values[i]);
            element.AsSpan(0, size).CopyTo(data.AsSpan(i * size));
        }

        return data;
    }
}
