using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Boards;

/// <summary>The one exception for boards that are not known, whose description is wrong, or that a file was not made for: what was found, what is allowed.</summary>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class BoardException(string message) : Exception(message)
{
    /// <summary>All that is wrong with a description at once.</summary>
    public BoardException(string source, IReadOnlyList<JsonProblem> problems)
        : this($"{source}: {string.Join(Environment.NewLine, problems)}")
    {
    }
}
