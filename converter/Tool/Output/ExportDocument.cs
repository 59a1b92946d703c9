namespace EdgeQuant.Tool.Output;

/// <summary>What <c>export</c> did.</summary>
/// <param name="Format">The format that was written.</param>
/// <param name="SourceBytes">The length of the source file.</param>
/// <param name="FileBytes">The length of the exported file.</param>
/// <param name="Opset">The version of the operator set that the file asks for.</param>
/// <param name="Operators">Operators of the network.</param>
/// <param name="Nodes">Nodes of the file, those that quantize, dequantize and transpose included.</param>
/// <param name="Transpositions">Nodes that only change the order of axes.</param>
internal sealed record ExportDocument(string Format, int SourceBytes, int FileBytes, int Opset, int Operators, int Nodes, int Transpositions);
