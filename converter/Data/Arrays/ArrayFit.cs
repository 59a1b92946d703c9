namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>Finds the records in an array of a given shape.</summary>
internal static class ArrayFit
{
    /// <summary>What the exception names as its place.</summary>
    public const string Place = "the shape of the array";

    /// <summary>How many records an array holds.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="header">The array.</param>
    /// <param name="input">What a record has to be.</param>
    /// <exception cref="DataException">
    /// The array is neither records along its first axis nor one record; sizes of 1 do not matter, and rows of as many numbers as a record has
    /// are records too.
    /// </exception>
    public static long Records(string file, ArrayHeader header, SampleInput input)
    {
        long[] shape = header.Shape;
        long[] record = Squeeze([.. input.RecordShape.Select(size => (long)size)]);
        if (shape.Length > 0 && (Squeeze(shape[1..]).AsSpan().SequenceEqual(record) || (shape.Length == 2 && shape[1] == input.ElementCount)))
        {
            return shape[0];
        }

        return Squeeze(shape).AsSpan().SequenceEqual(record)
            ? 1
            : throw new DataException(file, Place, $"[{string.Join(',', shape)}]", $"{input.Form} for {input}", Help(shape, input));
    }

    private static string Help(long[] shape, SampleInput input)
    {
        long[] wanted = [.. input.RecordShape.Select(size => (long)size)];
        long[][] readings = [shape[Math.Min(1, shape.Length)..], shape];
        foreach (long[] found in readings)
        {
            if (Squeeze(found).Order().SequenceEqual(Squeeze(wanted).Order()))
            {
                return $"The sizes are the same in another order. {Transposition(found, wanted, shape.Length > found.Length)}";
            }
        }

        Int128 each = wanted.Aggregate((Int128)1, (product, size) => product * size);
        Int128 all = shape.Aggregate((Int128)1, (product, size) => product * size);
        return each > 0 && all % each == 0
            ? $"It has numbers for {all / each} records: if they lie in the right order, reshape it: array.reshape(-1, {string.Join(", ", wanted)})."
            : "";
    }

    /// <summary>What to do to bring axes into the wanted order, where the sizes say which is which.</summary>
    private static string Transposition(long[] found, long[] wanted, bool hasRecords)
    {
        if (found.Length != wanted.Length)
        {
            return "Transpose it so that the axes stand in the network's order.";
        }

        List<int> axes = [];
        foreach (long size in wanted)
        {
            axes.Add(Enumerable.Range(0, found.Length).First(axis => found[axis] == size && !axes.Contains(axis)));
        }

        IEnumerable<int> all = hasRecords ? axes.Select(axis => axis + 1).Prepend(0) : axes;
        string layout = found.Length == 3 ? wanted[0] < wanted[2] ? " (channels first)" : wanted[2] < wanted[0] ? " (channels last)" : "" : "";
        return $"Transpose it to the network's order{layout}: array.transpose({string.Join(", ", all)}).";
    }

    private static long[] Squeeze(long[] shape)
    {
        return [.. shape.Where(size => size != 1)];
    }
}
