using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>Constants of real numbers that a repair has changed.</summary>
internal static class FloatConstant
{
    /// <summary>A constant with other values.</summary>
    public static Tensor Of(Tensor tensor, float[] values)
    {
        return Of(tensor.Name, tensor.Shape, values, tensor.SourceIndex);
    }

    /// <summary>A constant.</summary>
    public static Tensor Of(string name, int[] shape, float[] values, int sourceIndex = -1)
    {
        return new Tensor(name, DataType.Float32, shape) { SourceIndex = sourceIndex, Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }
}
