using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of UNIDIRECTIONAL_SEQUENCE_LSTM.</summary>
/// <param name="Activation">Applied to the result.</param>
/// <param name="CellClip">Limit on the cell state's size in real units; 0 for none; unchecked.</param>
/// <param name="ProjectionClip">Limit on the projection's size in real units; 0 for none; unchecked.</param>
/// <param name="TimeMajor">The input's first dimension is time, not batch.</param>
/// <param name="AsymmetricInputs">Concerns float inputs with int8 weights only.</param>
/// <param name="DiagonalRecurrentTensors">Recurrent weights are vectors that stand for diagonal matrices.</param>
internal sealed record UnidirectionalSequenceLstmOptions(
    TfliteActivation Activation,
    float CellClip,
    float ProjectionClip,
    bool TimeMajor,
    bool AsymmetricInputs,
    bool DiagonalRecurrentTensors)
    : TfliteOptions, ITfliteOptions<UnidirectionalSequenceLstmOptions>
{
    public static byte UnionType => 71;

    public static UnidirectionalSequenceLstmOptions Read(FlatBufferTable table) => new(
        Activation: table.Activation(0),
        CellClip: table.Float32(1, "cell_clip"),
        ProjectionClip: table.Float32(2, "proj_clip"),
        TimeMajor: table.Bool(3, "time_major"),
        AsymmetricInputs: table.Bool(4, "asymmetric_quantize_inputs"),
        DiagonalRecurrentTensors: table.Bool(5, "diagonal_recurrent_tensors"));
}
