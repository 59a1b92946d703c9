namespace EdgeQuant.Converter.Lower;

/// <summary>A piece of the state area and what it holds after a reset.</summary>
internal sealed record StatePiece(int Offset, byte[] Initial);
