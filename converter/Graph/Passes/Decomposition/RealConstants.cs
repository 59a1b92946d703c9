using System.Runtime.InteropServices;

namespace EdgeQuant.Converter.Graph.Passes.Decomposition;

/// <summary>Makes constants of numbers.</summary>
internal static class RealConstants
{
    /// <summary>A constant of real numbers in single precision.</summary>
    public static Tensor Of(string name, int[] shape, float[] values)
    {
        return new Tensor(name, DataType.Float32, shape) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    /// <summary>A vector of 32-bit integers.</summary>
    public static Tensor Integers(string name, params long[] values)
    {
        return new Tensor(name, DataType.Int32, [values.Length]) { Data = IntegerConstant.Bytes(DataType.Int32, values) };
    }
}
