using EdgeQuant.Converter.Graph;

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

    /// <summary>The slope of a leaky rectifier below zero; other operations have none.</summary>
    public float? Alpha { get; init; }

    /// <summary>What a function of two numbers clamps its result to; null for nothing.</summary>
    public Activation? Activation { get; init; }
}
