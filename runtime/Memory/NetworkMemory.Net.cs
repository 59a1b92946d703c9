using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Memory;

/// <summary>On .NET constants stay where they are in the file.</summary>
internal sealed partial class NetworkMemory
{
    internal Int32ParameterData Int32Parameters(TensorInfo tensor)
    {
        return Int32ParameterData.FromFile(_file.SignedBytes, Constants + tensor.Offset, tensor.ByteLength / 4);
    }

    internal Int64ParameterData Int64Parameters(TensorInfo tensor)
    {
        return Int64ParameterData.FromFile(_file.SignedBytes, Constants + tensor.Offset, tensor.ByteLength / 8);
    }

    internal Int16ParameterData Int16Parameters(TensorInfo tensor)
    {
        return Int16ParameterData.FromFile(_file.SignedBytes, Constants + tensor.Offset, tensor.ByteLength / 2);
    }

    /// <summary>Copies bytes of the constants section, from an offset within it.</summary>
    internal void CopyConstant(int offset, sbyte[] target, int start, int count)
    {
        Array.Copy(_file.SignedBytes, Constants + offset, target, start, count);
    }

    private TensorData Constant(TensorInfo tensor)
    {
        return new TensorData(_file.SignedBytes, Constants + tensor.Offset, tensor.ByteLength);
    }
}
