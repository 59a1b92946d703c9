using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of SOFTMAX.</summary>
/// <param name="Beta">Factor on the inputs, usually 1; as the file says it, unchecked.</param>
internal sealed record SoftmaxOptions(float Beta)
    : TfliteOptions, ITfliteOptions<SoftmaxOptions>
{
    public static byte UnionType => 9;

    public static SoftmaxOptions Read(FlatBufferTable table) => new(table.Float32(0, "beta"));
}
