using System.Runtime.InteropServices;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>Constants of real numbers.</summary>
internal static class RealConstant
{
    /// <summary>The elements; null if the tensor is no constant of real numbers.</summary>
    public static float[]? Values(Tensor? tensor)
    {
        return tensor is { Type: DataType.Float32, IsConstant: true, Quantization: null } ? ConstantValues.Of(tensor) : null;
    }

    /// <summary>Makes a constant.</summary>
    public static Tensor Of(string name, int[] shape, float[] values)
    {
        return new Tensor(name, DataType.Float32, shape) { Data = MemoryMarshal.AsBytes<float>(values).ToArray() };
    }
}
