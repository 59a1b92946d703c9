using EdgeQuant.Converter.Data.Labels;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data;

/// <summary>
/// Reads samples for a network from files: NumPy arrays (.npy, .npz), MNIST's arrays (IDX), rows of text (.csv), numbers without a header
/// (.bin), each also packed by gzip. Files are not trusted: nothing is allocated before it is there to be read.
/// </summary>
internal static class SampleReader
{
    /// <summary>The most numbers that samples may have in all: two gigabytes of them.</summary>
    private const long MostValues = 1L << 29;

    /// <summary>Reads samples for a network.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="options">Where they come from.</param>
    /// <param name="cancellation">Ends the reading between two records.</param>
    /// <exception cref="DataException">They cannot be used: what was found, where, and what is allowed.</exception>
    public static SampleSet Read(NetworkGraph graph, SampleOptions options, CancellationToken cancellation = default)
    {
        return Read(SampleInput.AllOf(graph), graph.Outputs.Count == 0 ? null : SampleInput.Of(graph.Outputs[0]), options, cancellation);
    }

    /// <summary>Reads samples for a network of which only inputs and outputs are known.</summary>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="output">Its first output; null if it has none.</param>
    /// <param name="options">Where they come from.</param>
    /// <param name="cancellation">Ends the reading between two records.</param>
    /// <exception cref="DataException">They cannot be used: what was found, where, and what is allowed.</exception>
    public static SampleSet Read(IReadOnlyList<SampleInput> inputs, SampleInput? output, SampleOptions options, CancellationToken cancellation = default)
    {
        RequireKnownNames(inputs, options);
        RequireOneSourceOfClasses(options);
        RecordChain[] chains = Chains(inputs, options);
        try
        {
            return Read(chains, inputs, output, options, cancellation);
        }
        finally
        {
            Array.ForEach(chains, chain => chain.Dispose());
        }
    }

    private static SampleSet Read(RecordChain[] chains, IReadOnlyList<SampleInput> inputs, SampleInput? output, SampleOptions options, CancellationToken cancellation)
    {
        ClassReader classes = ClassReader.Of(output, options);
        List<float[][]> records = [];
        List<int> labels = [];
        long most = MostValues / Math.Max(inputs.Sum(input => (long)input.ElementCount), 1);
        while (records.Count < options.Limit && TryRead(chains, inputs.Count) is float[][] record)
        {
            cancellation.ThrowIfCancellationRequested();
            if (records.Count == most)
            {
                throw new DataException(chains[0].Name, "the number of records", $"more than {most}", $"at most {most} of this size in memory", "Read fewer of them.");
            }

            records.Add(record);
            if (options.Labels is null && Array.Find(chains, chain => chain.Label is not null) is RecordChain labelled)
            {
                labels.Add(classes.Read(labelled.Label!.Value, labelled.File, labelled.Place));
            }
        }

        Array.ForEach(chains, chain => chain.Finish());
        string source = string.Join(" and ", chains.Select(chain => chain.Name));
        if (records.Count == 0)
        {
            throw new DataException(source, "the number of records", "0", "at least 1");
        }

        long? total = records.Count < options.Limit ? records.Count : chains[0].Count;
        if (labels.Count > 0 && labels.Count < records.Count)
        {
            throw new DataException(source, "the number of records with a class", $"{labels.Count}", $"{records.Count}, all of them, or none");
        }

        return new SampleSet(records, source)
        {
            Labels = options.Labels is SampleFile file ? LabelFile.Read(file, records.Count, total, classes, options) : labels.Count > 0 ? [.. labels] : null,
            Targets = options.Targets is SampleFile targets ? TargetReader.Read(targets, OutputOf(targets, output), records.Count, total, options) : null,
        };
    }

    /// <summary>The next record of all inputs; null if there is none left.</summary>
    private static float[][]? TryRead(RecordChain[] chains, int inputs)
    {
        float[][] record = new float[inputs][];
        bool isThere = chains[0].TryRead(record);
        foreach (RecordChain chain in chains.AsSpan(1))
        {
            if (chain.TryRead(record) != isThere)
            {
                (string found, long allowed) = isThere ? ($"{chain.Read}", chains[0].Count ?? chains[0].Read) : ($"more than {chains[0].Read}", chains[0].Read);
                throw new DataException(chain.Name, "the number of records", found, $"{allowed}, as in {chains[0].Name}");
            }
        }

        return isThere ? record : null;
    }

    /// <summary>One chain for all inputs, or one for each.</summary>
    private static RecordChain[] Chains(IReadOnlyList<SampleInput> inputs, SampleOptions options)
    {
        if (options.Files.All(file => file.Input is null))
        {
            return [new RecordChain(options.Files, [.. Enumerable.Range(0, inputs.Count)], inputs, options)];
        }

        RecordChain[] chains = new RecordChain[inputs.Count];
        for (int i = 0; i < chains.Length; i++)
        {
            SampleFile[] files = [.. options.Files.Where(file => file.Input == inputs[i].Name)];
            chains[i] = files.Length > 0
                ? new RecordChain(files, [i], inputs, options)
                : throw new DataException(options.Files[0].Path, $"the file for {inputs[i]}", "not given", "a file for each input", $"Give it as {inputs[i].Name}=PATH.");
        }

        return chains;
    }

    private static void RequireKnownNames(IReadOnlyList<SampleInput> inputs, SampleOptions options)
    {
        string names = string.Join(", ", inputs.Select(input => $"'{input.Name}'"));
        if (options.Files.Any(file => file.Input is not null) && options.Files.FirstOrDefault(file => !inputs.Any(input => input.Name == file.Input)) is SampleFile stray)
        {
            throw new DataException(stray.Path, "its input", stray.Input is null ? "not named" : $"'{stray.Input}'", names, "Where one file names its input, all have to.");
        }

        if (options.Scales.Keys.FirstOrDefault(name => !inputs.Any(input => input.Name == name)) is string unknown)
        {
            throw new DataException(options.Files[0].Path, "the input whose numbers are scaled", $"'{unknown}'", names);
        }
    }

    private static void RequireOneSourceOfClasses(SampleOptions options)
    {
        if (options.Labels is SampleFile labels && options.Files.FirstOrDefault(file => file.Class is not null) is SampleFile file)
        {
            throw new DataException(labels.Path, "the classes of the records", $"given a second time, beside class:{file.Class}={file.Path}", "one of both");
        }
    }

    private static SampleInput OutputOf(SampleFile targets, SampleInput? output)
    {
        return output ?? throw new DataException(targets.Path, "the network's output", "absent", "an output that targets are for");
    }
}
