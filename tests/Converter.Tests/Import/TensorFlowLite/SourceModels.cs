using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>The TensorFlow Lite files beside the repository, by their folder and name below ../shared.</summary>
internal static class SourceModels
{
    /// <summary>Every file: networks, single operators and float networks. One empty name where they are absent, so that tests can say so.</summary>
    public static TheoryData<string> All =>
        Golden.Available ? new TheoryData<string>(Find("goldens").Concat(Find("models"))) : new TheoryData<string>("");

    /// <summary>The networks that have a description in meta.json.</summary>
    public static TheoryData<string> Described =>
        new(All.Select(row => row.Data).Where(name => name.Length == 0 || File.Exists(Path.Combine(Folder(name), "meta.json"))));

    public static string Folder(string name)
    {
        return Path.GetDirectoryName(Path.Combine(Repository.Shared, name))!;
    }

    public static byte[] Read(string name)
    {
        Assert.SkipUnless(name.Length > 0, Golden.Absent);
        return File.ReadAllBytes(Path.Combine(Repository.Shared, name));
    }

    private static IEnumerable<string> Find(string folder)
    {
        return Directory.EnumerateFiles(Path.Combine(Repository.Shared, folder), "*.tflite", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Shared, path))
            .Order(StringComparer.Ordinal);
    }
}
