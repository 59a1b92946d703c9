namespace EdgeQuant.Converter.Data;

/// <summary>
/// Samples for a network: for each record the values of all its inputs, as real numbers in the order of the network's inputs, and where they
/// are known what should come out.
/// </summary>
/// <param name="Inputs">For each record an array for each input of the network, row-major, as long as the input has elements.</param>
/// <param name="Source">Where they came from, for messages.</param>
internal sealed record SampleSet(IReadOnlyList<float[][]> Inputs, string Source)
{
    /// <summary>The class of each record, from 0; null where it is not known.</summary>
    public int[]? Labels { get; init; }

    /// <summary>What the network's first output should be for each record; null where it is not known.</summary>
    public float[][]? Targets { get; init; }

    /// <summary>True if the records follow each other in time: what a network remembers of one it knows in the next. Otherwise each starts anew.</summary>
    public bool StateContinues { get; init; }

    public int Count => Inputs.Count;

    /// <summary>The records at some positions, with what is known of them.</summary>
    public SampleSet Select(IReadOnlyList<int> positions)
    {
        return this with
        {
            Inputs = [.. positions.Select(position => Inputs[position])],
            Labels = Labels is int[] labels ? [.. positions.Select(position => labels[position])] : null,
            Targets = Targets is float[][] targets ? [.. positions.Select(position => targets[position])] : null,
        };
    }

    /// <summary>The first records, at most so many.</summary>
    public SampleSet First(int count)
    {
        return count >= Count ? this : Select([.. Enumerable.Range(0, count)]);
    }
}
