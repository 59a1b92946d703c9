using System.IO.Compression;
using System.Text;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

/// <summary>A folder of sample files that is deleted with the test, and the inputs that they are read for.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgequant-data-").FullName;

    /// <summary>The inputs that samples are read for: at first one of 2 x 3 numbers.</summary>
    public SampleInput[] Inputs { get; set; } = [new SampleInput("x", DataType.Float32, [1, 2, 3])];

    /// <summary>The output that labels and targets are read for.</summary>
    public SampleInput Output { get; set; } = new("scores", DataType.Float32, [1, 4]);

    /// <summary>Writes a file; its path.</summary>
    public string Add(string name, ReadOnlySpan<byte> bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Writes a text file; its path.</summary>
    public string Add(string name, string text)
    {
        return Add(name, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Reads samples of files.</summary>
    public SampleSet Read(params string[] paths)
    {
        return Read(OptionsOf(paths));
    }

    /// <summary>Reads samples as options say.</summary>
    public SampleSet Read(SampleOptions options)
    {
        return SampleReader.Read(Inputs, Output, options, TestContext.Current.CancellationToken);
    }

    /// <summary>Options for files, which may name their inputs and classes.</summary>
    public SampleOptions OptionsOf(params string[] paths)
    {
        return new SampleOptions([.. paths.Select(path => SampleFile.Parse(path, Inputs))]);
    }

    /// <summary>Reads samples that are to be refused.</summary>
    public DataException Refused(params string[] paths)
    {
        return Refused(OptionsOf(paths));
    }

    /// <summary>Reads samples that are to be refused.</summary>
    public DataException Refused(SampleOptions options)
    {
        return Assert.Throws<DataException>(() => Read(options));
    }

    /// <summary>Packs bytes by gzip.</summary>
    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Packs files into a ZIP file.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] files)
    {
        MemoryStream packed = new();
        using (ZipArchive archive = new(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
    }
}
