using System.Text.Json;

namespace EdgeQuant.Tests.Support;

/// <summary>A reference model with inputs and the outputs that TensorFlow Lite Micro gives for them.</summary>
public sealed class Golden
{
    /// <summary>Why a test that needs the goldens is skipped.</summary>
    public const string Absent = "needs the reference models in ../shared/goldens, which are not part of the repository";

    private Golden(string folder, bool isOperator)
    {
        Folder = folder;
        Name = Path.GetFileName(folder);
        IsOperator = isOperator;
        if (!isOperator)
        {
            using JsonDocument meta = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "meta.json")));
            ResetEvery = meta.RootElement.GetProperty("state_reset_every_records").GetInt32();
            ReferenceArenaBytes = meta.RootElement.GetProperty("tflm_arena_bytes").GetInt32();
        }
    }

    /// <summary>True if the goldens are there.</summary>
    public static bool Available => Directory.Exists(Path.Combine(Repository.Shared, "goldens"));

    public string Name { get; }

    public string Folder { get; }

    /// <summary>True for a single operator, false for a network.</summary>
    public bool IsOperator { get; }

    /// <summary>The state is reset before every so many records; 0 for never.</summary>
    public int ResetEvery { get; }

    /// <summary>The arena that TensorFlow Lite Micro takes; 0 for a single operator.</summary>
    public int ReferenceArenaBytes { get; }

    public byte[] Model => Read("model.tflite");

    public byte[] Inputs => Read("inputs.bin");

    public byte[] Outputs => Read("outputs.bin");

    /// <summary>All networks; empty where the goldens are absent.</summary>
    public static IReadOnlyList<Golden> Networks()
    {
        return !Available
            ? []
            : [.. Directory.GetDirectories(Path.Combine(Repository.Shared, "goldens"))
                .Where(folder => Path.GetFileName(folder) is not "_ops")
                .Order(StringComparer.Ordinal)
                .Select(folder => new Golden(folder, isOperator: false))];
    }

    /// <summary>All single operators; empty where the goldens are absent.</summary>
    public static IReadOnlyList<Golden> Operators()
    {
        return !Available
            ? []
            : [.. Directory.GetDirectories(Path.Combine(Repository.Shared, "goldens", "_ops"))
                .Order(StringComparer.Ordinal)
                .Select(folder => new Golden(folder, isOperator: true))];
    }

    /// <summary>The outputs of each operator for record 0, by the source's tensor index; empty where they were not recorded.</summary>
    public IReadOnlyList<GoldenLayer> Layers()
    {
        string folder = Path.Combine(Folder, "layers_rec0");
        string index = Path.Combine(folder, "index.tsv");
        return !File.Exists(index)
            ? []
            : [.. File.ReadLines(index).Skip(1).Select(line => line.Split('\t')).Select(fields => new GoldenLayer(
                int.Parse(fields[0]), fields[1], int.Parse(fields[2]), File.ReadAllBytes(Path.Combine(folder, fields[7]))))];
    }

    public override string ToString()
    {
        return Name;
    }

    private byte[] Read(string file)
    {
        return File.ReadAllBytes(Path.Combine(Folder, file));
    }
}
