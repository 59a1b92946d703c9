using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>
/// What running sums start from. On the device, as in TensorFlow Lite, sums of int8 start from the integer 0 as if it were an element: from
/// the number that it stands for.
/// </summary>
internal static class IntegerZero
{
    public static float Of(Tensor tensor)
    {
        return tensor is { Type: DataType.Int8, Quantization: Quantization quantization } ? -quantization.ZeroPoint * quantization.Scale : 0;
    }
}
