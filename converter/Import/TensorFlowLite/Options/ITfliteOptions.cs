using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>How options stand in the file.</summary>
internal interface ITfliteOptions<TSelf>
    where TSelf : TfliteOptions, ITfliteOptions<TSelf>
{
    /// <summary>The table's number in the schema's union <c>BuiltinOptions</c>.</summary>
    static abstract byte UnionType { get; }

    /// <summary>Reads the table; of an empty one come the schema's defaults.</summary>
    static abstract TSelf Read(FlatBufferTable table);
}
