using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Reads one kind of options.</summary>
/// <param name="UnionType">Their number in the schema's union <c>BuiltinOptions</c>.</param>
/// <param name="Read">Reads the table; of an empty one come the defaults.</param>
internal sealed record OptionsReader(byte UnionType, Func<FlatBufferTable, TfliteOptions> Read)
{
    public static OptionsReader Of<T>()
        where T : TfliteOptions, ITfliteOptions<T> =>
        new(T.UnionType, T.Read);
}
