using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of FULLY_CONNECTED.</summary>
/// <param name="Activation">Applied to the result.</param>
/// <param name="WeightsFormat">The order of the weights.</param>
/// <param name="KeepDimensions">The output has the input's rank; only the last extent differs.</param>
/// <param name="AsymmetricInputs">Concerns float inputs with int8 weights only.</param>
/// <param name="BiasType">Type of bias and accumulator; <see cref="TfliteType.Float32"/>, the default, leaves it to the operator.</param>
internal sealed record FullyConnectedOptions(
    TfliteActivation Activation,
    TfliteWeightsFormat WeightsFormat,
    bool KeepDimensions,
    bool AsymmetricInputs,
    TfliteType BiasType)
    : TfliteOptions, ITfliteOptions<FullyConnectedOptions>
{
    public static byte UnionType => 8;

    public static FullyConnectedOptions Read(FlatBufferTable table) => new(
        Activation: table.Activation(0),
        WeightsFormat: table.WeightsFormat(1),
        KeepDimensions: table.Bool(2, "keep_num_dims"),
        AsymmetricInputs: table.Bool(3, "asymmetric_quantize_inputs"),
        BiasType: table.Type(4, "quantized_bias_type"));
}
