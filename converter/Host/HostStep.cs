namespace EdgeQuant.Converter.Host;

/// <summary>One operation that the host executes before or after the device.</summary>
internal sealed record HostStep
{
    public required HostOperation Operation { get; init; }

    /// <summary>Positions in the list of tensors.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>Positions in the list of tensors.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>What softmax multiplies its input by; other operations have none.</summary>
    public float? Beta { get; init; }
}
