namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>As <c>MirrorPadMode</c> of the schema.</summary>
internal enum TfliteMirrorPadMode : sbyte
{
    /// <summary>The border element is not repeated.</summary>
    Reflect = 0,

    /// <summary>The border element is repeated.</summary>
    Symmetric = 1,
}
