using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>An operation's attributes in a line, those that are as one would expect left out.</summary>
internal static class AttributeText
{
    public static string Of(Operation operation)
    {
        IEnumerable<string> parts = operation switch
        {
            Convolution2D convolution => [.. Of(convolution.Window), Of(convolution.Activation)],
            DepthwiseConvolution2D convolution => [.. Of(convolution.Window), Of(convolution.Activation)],
            Pool2D pool => [$"{pool.Kind.ToString().ToLowerInvariant()} of {pool.KernelHeight}×{pool.KernelWidth}", .. Of(pool.Window), Of(pool.Activation)],
            FullyConnected connected => [Of(connected.Activation)],
            DynamicProduct dynamic => [Of(dynamic.Product), dynamic.Symmetric ? "symmetric" : ""],
            Arithmetic arithmetic => [Of(arithmetic.Activation)],
            _ => [Rest(operation)],
        };
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static IEnumerable<string> Of(WindowAttributes window)
    {
        yield return (window.StrideHeight, window.StrideWidth) == (1, 1) ? "" : $"stride {window.StrideHeight}×{window.StrideWidth}";
        yield return (window.DilationHeight, window.DilationWidth) == (1, 1) ? "" : $"dilation {window.DilationHeight}×{window.DilationWidth}";
        bool isPadded = (window.PaddingTop | window.PaddingBottom | window.PaddingLeft | window.PaddingRight) != 0;
        yield return isPadded ? $"padding {window.PaddingTop} above, {window.PaddingBottom} below, {window.PaddingLeft} left, {window.PaddingRight} right" : "";
    }

    private static string Of(Activation activation)
    {
        return activation == Activation.None ? "" : $"{activation} fused";
    }

    /// <summary>The members of any other operation's record, without its name.</summary>
    private static string Rest(Operation operation)
    {
        string text = operation.ToString();
        string members = text[(text.IndexOf('{', StringComparison.Ordinal) + 1)..text.LastIndexOf('}')].Trim();
        return string.Join(", ", members.Split(", ").Where(member => !member.StartsWith("Name = ", StringComparison.Ordinal)));
    }
}
