using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of VAR_HANDLE. Both names together identify the variable.</summary>
internal sealed record VarHandleOptions(string Container, string SharedName)
    : TfliteOptions, ITfliteOptions<VarHandleOptions>
{
    public static byte UnionType => 111;

    public static VarHandleOptions Read(FlatBufferTable table) => new(
        Container: table.String(0, "container") ?? "",
        SharedName: table.String(1, "shared_name") ?? "");
}
