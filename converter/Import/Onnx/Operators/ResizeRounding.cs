namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Which pixel is the nearest to a position between two.</summary>
internal enum ResizeRounding
{
    /// <summary>The nearest; of two the first.</summary>
    PreferFloor,

    /// <summary>The nearest; of two the second.</summary>
    PreferCeiling,

    /// <summary>The one before.</summary>
    Floor,

    /// <summary>The one behind.</summary>
    Ceiling,

    /// <summary>The one before where the image grows, the one behind where it shrinks: how operators before version 11 are executed.</summary>
    Simple,
}
