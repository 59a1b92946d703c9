using System.Text;
using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Files that cannot be read, written or understood.</summary>
public sealed class BadFileTests(SineModel model) : IClassFixture<SineModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("bench")]
    [InlineData("convert", "-o", "never-written.eqm")]
    [InlineData("run", "--inputs", "x", "--outputs", "y")]
    [InlineData("verify", "--inputs", "x", "--outputs", "y")]
    public void Absent_files_and_folders_are_exit_code_3(string verb, params string[] options)
    {
        ToolProcess.Run([verb, _folder.File("absent"), .. options]).Failed(3, "it does not exist");
        ToolProcess.Run([verb, _folder.Path, .. options]).Failed(3, "it is a folder");
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("bench")]
    [InlineData("run", "--inputs", "x", "--outputs", "y")]
    [InlineData("verify", "--inputs", "x", "--outputs", "y")]
    public void Damaged_model_files_are_exit_code_3_and_named(string verb, params string[] options)
    {
        byte[] damaged = File.ReadAllBytes(model.Path);
        damaged[^1] ^= 1;
        string path = _folder.Write("damaged.eqm", damaged);
        ToolProcess.Run([verb, path, .. options]).Failed(3, $"{path}: The checksum");
    }

    [Fact]
    public void Networks_and_model_files_taken_for_each_other_are_recognized()
    {
        string network = _folder.Write("network.tflite", [28, 0, 0, 0, .. "TFL3"u8, 0, 0, 0, 0]);
        ToolProcess.Run("inspect", network).Failed(3, "Convert it first");
        ToolProcess.Run("bench", network).Failed(3, $"{network}: This is a TensorFlow Lite file").Failed(3, $"edgequant convert {network} -o MODEL.eqm").Failed(3, "--data SAMPLES");
        ToolProcess.Run("convert", model.Path, "-o", _folder.File("out.eqm")).Failed(3, "EdgeQuant model already");
    }

    [Fact]
    public void Malformed_networks_leave_an_existing_output_alone()
    {
        string output = _folder.Write("out.eqm", "precious"u8.ToArray());
        string network = _folder.Write("network.tflite", Encoding.ASCII.GetBytes("this is not a network"));
        ToolProcess.Run("convert", network, "-o", output).Failed(3, network + ": ");
        Assert.Equal("precious"u8.ToArray(), File.ReadAllBytes(output));
        Assert.Equal(["network.tflite", "out.eqm"], _folder.Names());
    }

    [Fact]
    public void Outputs_that_cannot_be_written_are_exit_code_3()
    {
        string inputs = Angles();
        ToolProcess.Run("run", model.Path, "--inputs", inputs, "--outputs", _folder.File("absent/out.bin")).Failed(3, "its folder does not exist");
        ToolProcess.Run("run", model.Path, "--inputs", inputs, "--outputs", _folder.Path).Failed(3, "it is a folder");
        ToolProcess.Run("demo", "-o", inputs).Failed(3, $"Cannot write '{inputs}'");
        Assert.Equal(["angles.bin"], _folder.Names());
    }

    [Fact]
    public void Links_are_written_through()
    {
        string inputs = Angles();
        string target = _folder.Write("target.bin", [1]);
        File.CreateSymbolicLink(_folder.File("link.bin"), target);
        ToolProcess.Run("run", model.Path, "--inputs", inputs, "--outputs", _folder.File("link.bin")).Succeeded();
        ToolProcess.Run("run", model.Path, "--inputs", inputs, "--outputs", _folder.File("plain.bin")).Succeeded();
        Assert.Equal(File.ReadAllBytes(_folder.File("plain.bin")), File.ReadAllBytes(target));
        Assert.NotNull(new FileInfo(_folder.File("link.bin")).LinkTarget);
        Assert.Equal(["angles.bin", "link.bin", "plain.bin", "target.bin"], _folder.Names());
    }

    [Fact]
    public void Devices_that_never_end_are_not_read_to_their_end()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "There is no /dev/zero here.");
        ToolProcess.Run("inspect", "/dev/zero").Failed(3, "it does not say how long it is");
    }

    [Fact]
    public void A_full_disk_is_exit_code_3()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        ToolProcess.Run("run", model.Path, "--inputs", Angles(), "--outputs", "/dev/full").Failed(3, "Cannot write '/dev/full'");
    }

    [Fact]
    public void Failures_with_json_are_a_json_document()
    {
        ToolRun run = ToolProcess.Run("inspect", _folder.File("absent"), "--json");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(3, run.Json().GetProperty("error").GetProperty("exitCode").GetInt32());
        Assert.Equal(JsonValueKind.Array, run.Json().GetProperty("error").GetProperty("reasons").ValueKind);
    }

    private string Angles()
    {
        return _folder.Write("angles.bin", SineModel.Records(0, 1, 2));
    }
}
