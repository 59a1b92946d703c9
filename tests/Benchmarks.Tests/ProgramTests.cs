using System.Text.Json;
using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Tests.Sine;
using EdgeQuant.Runtime;
using EdgeQuant.Tests.Support;
using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Benchmarks.Tests;

/// <summary>The benchmark as a user runs it, on a network that takes no time.</summary>
public sealed class ProgramTests : IDisposable
{
    private static readonly string Program = Path.Combine(
        Repository.Root,
        "artifacts",
        "bin",
        "EdgeQuant.Benchmarks",
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)),
        OperatingSystem.IsWindows() ? "EdgeQuant.Benchmarks.exe" : "EdgeQuant.Benchmarks");

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void A_model_file_is_measured_alone()
    {
        string model = _folder.Write("sine.eqm", SineFile.Make());
        JsonElement document = Run("--networks", model, "--kernels", "scalar", "--rounds", "1", "--no-peer", "--json").Succeeded().Json();
        Assert.Equal(["--version", "inspect"], document.GetProperty("tool").EnumerateArray().Select(start => start.GetProperty("command").GetString()));
        JsonElement network = document.GetProperty("networks")[0];
        Assert.Equal("sine", network.GetProperty("name").GetString());
        Assert.Equal(288, network.GetProperty("macs").GetInt64());
        Assert.Equal(JsonValueKind.Null, network.GetProperty("peer").ValueKind);
        JsonElement set = Assert.Single(network.GetProperty("sets").EnumerateArray());
        Assert.Equal("scalar", set.GetProperty("kernels").GetString());
        Assert.Equal(JsonValueKind.Null, set.GetProperty("ratio").ValueKind);
        double median = set.GetProperty("nanoseconds").GetProperty("median").GetDouble();
        Assert.Equal(288 / (median * 1e-9), set.GetProperty("macsPerSecond").GetDouble(), 1);
        Assert.Equal(3, set.GetProperty("operators").GetArrayLength());
        Assert.InRange(set.GetProperty("first").GetProperty("process").GetDouble(), set.GetProperty("first").GetProperty("load").GetDouble(), double.MaxValue);
    }

    [Fact]
    public void A_network_is_measured_against_its_peer()
    {
        Assert.SkipUnless(OnnxRuntimePackage.IsAvailable, OnnxRuntimePackage.Absent);
        string model = _folder.Write("sine.onnx", OnnxExporter.Export(SineQuantization.Quantize(SineNetwork.Train())).File);
        string page = Path.Combine(_folder.Path, "page.html");
        string output = Run("--networks", model, "--kernels", "scalar", "--rounds", "1", "--html", page).Succeeded().Output;
        Assert.Matches(@"(?m)^compared +EdgeQuant .*, onnxruntime-node .*: in turn, one thread each, ", output);
        Assert.Matches(@"(?m)^mean +scalar: geometric mean over 1 networks \d", output);
        Assert.Matches(@"(?m)^sine +scalar +288 .* sine\.onnx", output);
        Assert.Contains("<svg", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_have_cores_of_their_own()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "this machine has one core.");
        string model = _folder.Write("sine.eqm", SineFile.Make());
        JsonElement machine = Run("--networks", model, "--threads", "2", "--rounds", "1", "--no-peer", "--json").Succeeded().Json().GetProperty("machine");
        Assert.Equal(2, machine.GetProperty("threads").GetInt32());
        Assert.Equal(OperatingSystem.IsMacOS() ? 0 : 2, machine.GetProperty("cores").EnumerateArray().Select(core => core.GetInt32()).Distinct().Count());
    }

    [Theory]
    [InlineData("--networks", "kws")]
    [InlineData("--html", "page.html")]
    public void Operators_go_without_what_networks_have(string option, string value)
    {
        Run("--operators", option, value).Failed(2, $"--operators measures no networks and draws no page; leave it or {option} out.");
    }

    [Fact]
    public void Threads_are_as_many_as_cores_at_most()
    {
        int most = Math.Min(Environment.ProcessorCount, Network.MostThreads);
        Run("--threads", "0").Failed(2, $"--threads is '0'; allowed are whole numbers from 1 to {most}.");
        Run("--threads", $"{most + 1}").Failed(2, $"--threads is '{most + 1}'; allowed are whole numbers from 1 to {most}.");
        Assert.SkipUnless(most > 1, "this machine has one core.");
        Run("--threads", "2", "--kernels", "scalar,compact", "--networks", _folder.Write("sine.eqm", SineFile.Make())).Failed(2, "'compact' computes with one thread");
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        Run("--networks", "nothing").Failed(3, "'nothing' is neither a file nor the name of a reference model; those are kws, ");
        Run("--kernels", "nothing").Failed(2, "--kernels is 'nothing'; this machine has ");
        string model = _folder.Write("sine.eqm", SineFile.Make());
        ToolProcess.Run(Program, ["--networks", model], ("PATH", "")).Failed(5, OnnxRuntimePackage.Absent);
    }

    private static ToolRun Run(params string[] arguments)
    {
        return ToolProcess.Run(Program, arguments);
    }
}
