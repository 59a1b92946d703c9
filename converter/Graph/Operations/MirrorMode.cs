namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>How a mirrored frame starts.</summary>
internal enum MirrorMode
{
    /// <summary>The outermost element is not repeated.</summary>
    Reflect,

    /// <summary>The outermost element is repeated.</summary>
    Symmetric,
}
