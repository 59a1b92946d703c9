using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Peers.Tests;

/// <summary>Every operator by itself, exported and run by ONNX Runtime: one step apart at most from the reference.</summary>
public sealed class OperatorExportTests(ITestOutputHelper output)
{
    /// <summary>The reference adds something to these that their meaning does not have, or divides by 0.</summary>
    private static readonly string[] OtherwiseDefined = ["add_n_0", "add_n_1", "cumsum_0", "cumsum_1", "div_1"];

    [Fact]
    public void Onnx_runtime_is_at_most_a_step_away_from_the_reference()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Assert.SkipUnless(OnnxRuntimePackage.IsAvailable, OnnxRuntimePackage.Absent);
        List<(Golden Golden, Tensor[] Outputs, byte[] Model)> exported = [];
        foreach (Golden golden in Golden.Operators())
        {
            NetworkGraph graph = NetworkFile.Import(golden.Model).Graph;
            Tensor[] outputs = [.. graph.Outputs];
            exported.Add((golden, outputs, OnnxExporter.Export(graph).File));
        }

        IReadOnlyList<(byte[]? Outputs, string? Error)> results = OnnxRuntime.Run([.. exported.Select(entry => (entry.Model, entry.Golden.Inputs))]);
        List<string> failures = [];
        for (int i = 0; i < results.Count; i++)
        {
            string name = exported[i].Golden.Name;
            Agreement? agreement = results[i].Outputs is byte[] found ? Agreement.Of(exported[i].Outputs, found, exported[i].Golden.Outputs) : null;
            output.WriteLine($"{name}: {agreement?.ToString() ?? results[i].Error}");
            if (agreement is null || (agreement.Largest > 1 && !OtherwiseDefined.Contains(name)))
            {
                failures.Add($"{name}: {agreement?.ToString() ?? results[i].Error}");
            }
        }

        Assert.Empty(failures);
        Assert.True(results.Count > 100);
    }
}
