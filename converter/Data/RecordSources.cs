using EdgeQuant.Converter.Data.Arrays;
using EdgeQuant.Converter.Data.Files;
using EdgeQuant.Converter.Data.Text;

namespace EdgeQuant.Converter.Data;

/// <summary>Opens files of samples in whatever format they are.</summary>
internal static class RecordSources
{
    /// <summary>Opens a file of inputs.</summary>
    /// <param name="file">The file.</param>
    /// <param name="inputs">The inputs that it holds.</param>
    /// <param name="options">What was said of columns, names and types.</param>
    public static RecordSource Open(SampleFile file, IReadOnlyList<SampleInput> inputs, SampleOptions options)
    {
        SampleFormat format = SampleFormats.Of(file.Path);
        return format switch
        {
            SampleFormat.Npz => NpzFile.Open(file.Path, file.Array, inputs),
            SampleFormat.Raw => OpenRaw(file.Path, inputs, options),
            SampleFormat.Npy => ArrayFile.OpenNpy(DataStream.Open(file.Path), Single(file, format, inputs)),
            SampleFormat.Idx => ArrayFile.OpenIdx(DataStream.Open(file.Path), Single(file, format, inputs)),
            _ => new CsvRecords(file.Path, Single(file, format, inputs), options),
        };
    }

    private static RawRecords OpenRaw(string path, IReadOnlyList<SampleInput> inputs, SampleOptions options)
    {
        DataStream data = DataStream.Open(path);
        try
        {
            return new RawRecords(data, inputs, options.RawType);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private static SampleInput Single(SampleFile file, SampleFormat format, IReadOnlyList<SampleInput> inputs)
    {
        return inputs.Count == 1
            ? inputs[0]
            : throw new DataException(
                file.Path, "the file", $"of the format {format}, which holds one input,", $".npz and .bin for all {inputs.Count} inputs",
                $"Give a file for each: {string.Join(" ", inputs.Select(input => $"{input.Name}=PATH"))}.");
    }
}
