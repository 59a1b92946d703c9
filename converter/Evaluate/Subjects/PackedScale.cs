namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>A scale that a packed network finds while it runs.</summary>
/// <param name="Operator">The position of the operator that writes it; -1 if it is an input.</param>
/// <param name="Offset">The byte of the arena at which it starts.</param>
internal sealed record PackedScale(int Operator, int Offset);
