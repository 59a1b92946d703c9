using EdgeQuant.Converter.Boards;

namespace EdgeQuant.Converter.Host;

/// <summary>The board that a file was made for.</summary>
internal sealed record CardBoard
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Which .NET runs there.</summary>
    public required BoardRuntime Runtime { get; init; }

    /// <summary>Bytes that the loaded model takes beside the file itself: arena, state, weights, operators.</summary>
    public required long Memory { get; init; }
}
