using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of SVDF.</summary>
/// <param name="Rank">Filters for each output unit, as the file says it, unchecked.</param>
/// <param name="Activation">Applied to the result.</param>
/// <param name="AsymmetricInputs">Concerns float inputs with int8 weights only.</param>
internal sealed record SvdfOptions(int Rank, TfliteActivation Activation, bool AsymmetricInputs)
    : TfliteOptions, ITfliteOptions<SvdfOptions>
{
    public static byte UnionType => 6;

    public static SvdfOptions Read(FlatBufferTable table) => new(
        Rank: table.Int32(0, "rank"),
        Activation: table.Activation(1),
        AsymmetricInputs: table.Bool(2, "asymmetric_quantize_inputs"));
}
