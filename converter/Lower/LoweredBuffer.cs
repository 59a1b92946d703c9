namespace EdgeQuant.Converter.Lower;

/// <summary>A piece of arena that is planned as a whole. Tensors that are views of each other share one.</summary>
internal sealed class LoweredBuffer
{
    /// <summary>Length in bytes.</summary>
    public int Bytes { get; set; }

    /// <summary>The offset must be a multiple of this: the largest element in it.</summary>
    public int Alignment { get; set; } = 1;

    /// <summary>The operator that first writes it; -1 for an input of the network.</summary>
    public int First { get; set; } = int.MaxValue;

    /// <summary>The last operator that touches it; the number of operators for an output of the network.</summary>
    public int Last { get; set; } = int.MinValue;

    /// <summary>Where the planner put it; -1 before.</summary>
    public int Offset { get; set; } = -1;
}
