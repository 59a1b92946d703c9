using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of CALL_ONCE.</summary>
/// <param name="InitSubgraph">Position in <see cref="TfliteModel.Subgraphs"/>.</param>
internal sealed record CallOnceOptions(int InitSubgraph)
    : TfliteOptions, ITfliteOptions<CallOnceOptions>
{
    public static byte UnionType => 103;

    public static CallOnceOptions Read(FlatBufferTable table) => new(table.Int32(0, "init_subgraph_index"));
}
