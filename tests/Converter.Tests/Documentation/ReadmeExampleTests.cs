using EdgeQuant.Converter.Tests.Sine;
using EdgeQuant.Runtime;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Documentation;

/// <summary>The example in the README compiles, runs, and is this one.</summary>
public sealed class ReadmeExampleTests
{
    private const string Begin = "// readme: begin";
    private const string End = "// readme: end";

    private static readonly string[] labels = ["sine"];

    [Fact]
    public void The_example_runs()
    {
        string folder = Directory.CreateTempSubdirectory("edgequant-readme").FullName;
        string before = Directory.GetCurrentDirectory();
        TextWriter console = Console.Out;
        StringWriter written = new();
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "model.eqm"), SineFile.Make());
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(written);
            FromFileToLabel();
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(before);
            Directory.Delete(folder, recursive: true);
        }

        Assert.Equal("sine" + Environment.NewLine, written.ToString());
    }

    [Fact]
    public void The_readme_has_the_example_that_runs()
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Converter.Tests", "Documentation", "ReadmeExampleTests.cs"));
        int begin = source.LastIndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        string[] expected = Lines(source[begin..source.LastIndexOf(End, StringComparison.Ordinal)]);
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        int start = readme.IndexOf("```csharp", StringComparison.Ordinal) + "```csharp".Length;
        string[] found = [.. Lines(readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]).Where(line => line != "using EdgeQuant.Runtime;")];
        Assert.Equal(expected, found);
    }

    private static string[] Lines(string text)
    {
        return [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
    }

    private static sbyte[] TakeSample()
    {
        return [42];
    }

    private static void FromFileToLabel()
    {
        // readme: begin
        Network network = Network.Load(File.ReadAllBytes("model.eqm"));
        if (network.SelfTest() >= 0)
        {
            throw new InvalidDataException("This machine does not compute what the model's maker did.");
        }

        ReadOnlySpan<sbyte> sample = TakeSample(); // int8, as network.DescribeInput() says
        sample.CopyTo(network.Input());
        network.Invoke(); // allocates nothing
        ReadOnlySpan<sbyte> scores = network.Output();
        int label = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            label = scores[i] > scores[label] ? i : label;
        }

        Console.WriteLine(labels[label]);
        // readme: end
    }
}
