using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// Up to sixteen output channels of one group whose weights are to be rounded: all numbers in the layout of a panel, [depth, 16] with unused
/// columns left 0.
/// </summary>
internal sealed record RoundingProblem
{
    /// <summary>The data that go with a weight, [rows, depth].</summary>
    public required float[] Data { get; init; }

    /// <summary>The same, [depth, rows].</summary>
    public required float[] DataByDepth { get; init; }

    /// <summary>What the channels should give, [rows, 16].</summary>
    public required float[] Targets { get; init; }

    /// <summary>The bias of each column.</summary>
    public required float[] Bias { get; init; }

    /// <summary>The lower numbers of the weights.</summary>
    public required float[] Lower { get; init; }

    /// <summary>The distances to the upper ones; 0 where there is no choice.</summary>
    public required float[] Step { get; init; }

    /// <summary>Where the real weights lie between both.</summary>
    public required float[] Fraction { get; init; }

    /// <summary>What follows the product.</summary>
    public required Activation Activation { get; init; }

    public required int Rows { get; init; }

    public required int Depth { get; init; }

    /// <summary>How many of the sixteen columns are used.</summary>
    public required int Columns { get; init; }
}
