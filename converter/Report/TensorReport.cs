namespace EdgeQuant.Converter.Report;

/// <summary>A tensor of a model file.</summary>
/// <param name="Index">Its position in the tensors section.</param>
/// <param name="Type">
/// The element type: int8, uint8, int16, int32, int64, bool; int4 where elements are packed; shared2 to shared8 where they are indices of so
/// many bits into codebooks of int8.
/// </param>
/// <param name="Shape">The sizes, outermost first; empty for a scalar.</param>
/// <param name="Scale">The real value of one step, of the first channel if there are several; 0 where there is no quantization.</param>
/// <param name="ZeroPoint">The integer that stands for 0.</param>
/// <param name="Storage">Where its bytes live: arena, constant or state.</param>
/// <param name="Offset">Where it starts there.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Buffer">The planned piece of the arena that it lies in; null outside the arena.</param>
internal sealed record TensorReport(
    int Index,
    string Type,
    IReadOnlyList<int> Shape,
    float Scale,
    int ZeroPoint,
    string Storage,
    int Offset,
    int Bytes,
    int? Buffer);
