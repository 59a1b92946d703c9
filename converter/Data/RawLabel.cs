namespace EdgeQuant.Converter.Data;

/// <summary>A class as a file gives it: a number, or a text that may be one.</summary>
/// <param name="Number">The number; meaningless if there is a text.</param>
/// <param name="Text">The text; null if the file holds numbers.</param>
internal readonly record struct RawLabel(double Number, string? Text = null);
