namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>A network as an ONNX file.</summary>
/// <param name="File">The file.</param>
/// <param name="Opset">The version of the operator set that it asks for.</param>
/// <param name="Operators">Operators of the network.</param>
/// <param name="Nodes">Nodes of the file, those that quantize, dequantize and transpose included.</param>
/// <param name="Transpositions">Nodes that only change the order of axes.</param>
internal sealed record OnnxExport(byte[] File, int Opset, int Operators, int Nodes, int Transpositions);
