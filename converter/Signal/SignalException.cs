using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Signal;

/// <summary>The one exception for front ends and decisions that cannot be used, or do not fit the network: what was found, what is needed.</summary>
/// <param name="source">Where it came from, a file name say.</param>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class SignalException(string source, string message) : Exception(source + ": " + message)
{
    /// <summary>All that is wrong with a file at once.</summary>
    public SignalException(string source, IReadOnlyList<JsonProblem> problems)
        : this(source, string.Join(Environment.NewLine, problems))
    {
    }
}
