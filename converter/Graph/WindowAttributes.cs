namespace EdgeQuant.Converter.Graph;

/// <summary>How a window slides over height and width; padding is explicit.</summary>
internal sealed record WindowAttributes(
    int StrideHeight,
    int StrideWidth,
    int DilationHeight,
    int DilationWidth,
    int PaddingTop,
    int PaddingBottom,
    int PaddingLeft,
    int PaddingRight);
