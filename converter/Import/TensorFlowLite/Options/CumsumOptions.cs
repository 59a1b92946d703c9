using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of CUMSUM.</summary>
/// <param name="Exclusive">Each sum leaves out its own element.</param>
/// <param name="Reverse">Sums run from the end.</param>
internal sealed record CumsumOptions(bool Exclusive, bool Reverse)
    : TfliteOptions, ITfliteOptions<CumsumOptions>
{
    public static byte UnionType => 102;

    public static CumsumOptions Read(FlatBufferTable table) => new(
        Exclusive: table.Bool(0, "exclusive"),
        Reverse: table.Bool(1, "reverse"));
}
