namespace EdgeQuant.Converter.Host;

/// <summary>
/// The model card: where the network came from, its inputs and outputs as the source declared them, and what a host does between those and
/// the device's. Stands in the file as JSON (<see cref="ModelCardJson"/>).
/// </summary>
internal sealed record ModelCard
{
    public required CardSource Source { get; init; }

    /// <summary>The version of EdgeQuant that made the file.</summary>
    public required string Tool { get; init; }

    /// <summary>The board that the file was made for; null for none in particular.</summary>
    public CardBoard? Board { get; init; }

    /// <summary>What the network is for, in words for people.</summary>
    public string? Meaning { get; init; }

    /// <summary>All tensors on the host's side; everything else names them by position in this list.</summary>
    public required HostTensor[] Tensors { get; init; }

    /// <summary>The network's inputs, in the source's order.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>The network's outputs, in the source's order.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>What the host writes to the device's inputs, in the device's order.</summary>
    public required int[] DeviceInputs { get; init; }

    /// <summary>What the host reads from the device's outputs, in the device's order.</summary>
    public required int[] DeviceOutputs { get; init; }

    /// <summary>What the host does before the device runs. (Settable: where it is absent the generated reader would make an init-only list null.)</summary>
    public HostStep[] Before { get; set; } = [];

    /// <summary>What the host does after the device ran.</summary>
    public HostStep[] After { get; set; } = [];

    /// <summary>
    /// The source's names of the device's tensors, by position in the file's tensors section; null where a tensor has none. Empty unless the
    /// conversion was told to keep them.
    /// </summary>
    public string?[] TensorNames { get; set; } = [];
}
