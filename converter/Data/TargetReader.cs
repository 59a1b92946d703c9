namespace EdgeQuant.Converter.Data;

/// <summary>Reads what the network's first output should be.</summary>
internal static class TargetReader
{
    /// <summary>Reads the targets of the first records.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">The network's first output.</param>
    /// <param name="needed">How many records there are, or as many of them as were read.</param>
    /// <param name="total">How many records there are in all; null if that is not known.</param>
    /// <param name="options">What was said of names and types.</param>
    public static float[][] Read(SampleFile file, SampleInput output, int needed, long? total, SampleOptions options)
    {
        SampleOptions plain = new([file]) { Header = options.Header, RawType = options.RawType };
        using RecordSource source = RecordSources.Open(file, [output], plain);
        if (total is long records && source.Count is long count && count != records)
        {
            throw WrongCount(source.Name, $"{count}", records);
        }

        ValueConversion conversion = ValueConversion.Of(output, source.TypeOf(0), null);
        double[][] raw = [new double[output.ElementCount]];
        float[][] targets = new float[needed][];
        for (int i = 0; i < needed; i++)
        {
            targets[i] = source.Read(raw) ? conversion.Convert(raw[0], source.Name, source.Place ?? $"record {i}") : throw WrongCount(source.Name, $"{i}", total ?? needed);
        }

        return total == needed && source.Read(raw) ? throw WrongCount(source.Name, $"more than {needed}", needed) : targets;
    }

    private static DataException WrongCount(string file, string found, long records)
    {
        return new DataException(file, "the number of targets", found, $"{records}, one for each record");
    }
}
