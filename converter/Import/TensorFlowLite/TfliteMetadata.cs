namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>A named blob that the file's writer attached, such as <c>min_runtime_version</c>.</summary>
internal sealed record TfliteMetadata(string Name, ReadOnlyMemory<byte> Data);
