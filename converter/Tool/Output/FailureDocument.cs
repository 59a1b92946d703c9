using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Tool.Output;

/// <summary>A failure as JSON.</summary>
internal sealed record FailureDocument(FailureDocument.Details Error)
{
    public static FailureDocument Of(Failure failure)
    {
        return new FailureDocument(new Details((int)failure.Code, failure.Message, failure.Reasons));
    }

    /// <param name="ExitCode">The code that the process ends with.</param>
    /// <param name="Message">What happened.</param>
    /// <param name="Reasons">All reasons why a model cannot be supported; empty otherwise.</param>
    internal sealed record Details(int ExitCode, string Message, IReadOnlyList<Refusal> Reasons);
}
