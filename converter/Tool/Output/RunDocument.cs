namespace EdgeQuant.Tool.Output;

/// <summary>What a run did.</summary>
/// <param name="Records">The records that were run.</param>
/// <param name="RecordInputBytes">Bytes of a record's inputs.</param>
/// <param name="RecordOutputBytes">Bytes of a record's outputs.</param>
/// <param name="WrittenBytes">Bytes of all outputs.</param>
internal sealed record RunDocument(int Records, int RecordInputBytes, int RecordOutputBytes, long WrittenBytes);
