namespace EdgeQuant.Converter;

/// <summary>A packed file does not do what it was packed to do: an error in EdgeQuant, found before anyone uses the file.</summary>
internal sealed class SelfCheckException(string message) : Exception(message);
