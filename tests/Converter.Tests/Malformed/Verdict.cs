namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>How the converter took a file.</summary>
internal enum Verdict
{
    Malformed,
    Unsupported,
    Converted,
}
