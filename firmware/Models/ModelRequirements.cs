using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Models;

/// <summary>What a device asks of its models, and what it gives them.</summary>
public sealed record ModelRequirements
{
    /// <summary>In place of a board's name: models that were made for whatever board.</summary>
    public const string AnyBoard = "any";

    /// <summary>Nothing: any board's models, any labels.</summary>
    public static ModelRequirements None { get; } = new() { Board = AnyBoard };

    /// <summary>Labels that a model must have.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>
    /// The name of this device's board: models that were made for another one are refused. <see cref="AnyBoard"/>: none is. Null: those are that were made
    /// for a board with another runtime.
    /// </summary>
    public string? Board { get; init; }

    /// <summary>How their weights are kept.</summary>
    public ModelWeights Weights { get; init; }

    /// <summary>How many threads compute large layers together, 1 to <see cref="Network.MostThreads"/>; with compact weights it is one.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The bytes of memory that this machine has for a model.</summary>
    public long Memory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
