using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>The attributes that <see cref="Runtime.Operators.Window"/> reads.</summary>
internal static class WindowLowering
{
    public static int[] Attributes(WindowAttributes window)
    {
        return [window.StrideHeight, window.StrideWidth, window.DilationHeight, window.DilationWidth, window.PaddingTop, window.PaddingLeft];
    }
}
