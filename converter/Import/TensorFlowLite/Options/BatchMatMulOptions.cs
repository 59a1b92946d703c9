using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of BATCH_MATMUL.</summary>
/// <param name="AdjointX">The last two dimensions of the first input are swapped.</param>
/// <param name="AdjointY">The last two dimensions of the second input are swapped.</param>
/// <param name="AsymmetricInputs">Concerns float inputs with int8 weights only.</param>
internal sealed record BatchMatMulOptions(bool AdjointX, bool AdjointY, bool AsymmetricInputs)
    : TfliteOptions, ITfliteOptions<BatchMatMulOptions>
{
    public static byte UnionType => 101;

    public static BatchMatMulOptions Read(FlatBufferTable table) => new(
        AdjointX: table.Bool(0, "adj_x"),
        AdjointY: table.Bool(1, "adj_y"),
        AsymmetricInputs: table.Bool(2, "asymmetric_quantize_inputs"));
}
