namespace EdgeQuant.Converter.Data;

/// <summary>What a file's numbers mean: value = (number x scale) + offset. Images of bytes as 0 to 1: scale 1/255.</summary>
/// <param name="Scale">Finite, not 0.</param>
/// <param name="Offset">Finite.</param>
internal sealed record ValueScale(double Scale = 1, double Offset = 0);
