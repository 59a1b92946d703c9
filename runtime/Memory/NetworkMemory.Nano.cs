using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Memory;

/// <summary>On nanoFramework each constant is read into an array of its own when its operator is loaded.</summary>
internal sealed partial class NetworkMemory
{
    internal Int32ParameterData Int32Parameters(TensorInfo tensor)
    {
        return Int32ParameterData.FromBytes(Bytes(tensor), 0, tensor.ByteLength / 4);
    }

    internal Int64ParameterData Int64Parameters(TensorInfo tensor)
    {
        return Int64ParameterData.FromBytes(Bytes(tensor), 0, tensor.ByteLength / 8);
    }

    internal Int16ParameterData Int16Parameters(TensorInfo tensor)
    {
        return Int16ParameterData.FromBytes(Bytes(tensor), 0, tensor.ByteLength / 2);
    }

    /// <summary>Copies bytes of the constants section, from an offset within it.</summary>
    internal void CopyConstant(int offset, sbyte[] target, int start, int count)
    {
        new FileSection(_file.Read(Constants + offset, count), 0, count).CopyTo(0, target, start, count);
    }

    private TensorData Constant(TensorInfo tensor)
    {
        sbyte[] signed = new sbyte[tensor.ByteLength];
        new FileSection(Bytes(tensor), 0, tensor.ByteLength).CopyTo(0, signed, 0, tensor.ByteLength);
        return new TensorData(signed, 0, signed.Length);
    }

    private byte[] Bytes(TensorInfo tensor)
    {
        return _file.Read(Constants + tensor.Offset, tensor.ByteLength);
    }
}
