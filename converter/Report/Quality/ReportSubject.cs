namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What a report is about.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="SourceFile">The name of the file that it was read from.</param>
/// <param name="Format">The format that it was read as: <c>tflite</c> or <c>onnx</c>.</param>
/// <param name="Sha256">The SHA-256 of the file's bytes, in hexadecimal digits.</param>
/// <param name="Tool">The version of EdgeQuant.</param>
/// <param name="Made">When the report was made.</param>
/// <param name="Scheme">How weights and activations are held, in a few words; empty where nobody said so.</param>
internal sealed record ReportSubject(string Model, string SourceFile, string Format, string Sha256, string Tool, DateTimeOffset Made, string Scheme);
