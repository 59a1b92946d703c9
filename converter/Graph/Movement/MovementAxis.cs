namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>One axis of a region: how many elements, and how far apart they stand on either side.</summary>
/// <param name="Size">1 or more.</param>
/// <param name="SourceStride">In elements; may be 0 or negative.</param>
/// <param name="TargetStride">In elements.</param>
internal readonly record struct MovementAxis(int Size, long SourceStride, long TargetStride);
