using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Arm.Tests;

/// <summary>
/// The tests of the other projects that depend on the processor, as they are, compiled for Arm64 and executed there: every byte of the reference
/// models, and operators and kernels on random data, on every kernel set that the processor has.
/// </summary>
public sealed class ArmTests
{
    [Theory]
    [InlineData(ArmEmulator.Everything)]
    [InlineData(ArmEmulator.Pi4)]
    public void Every_byte_of_the_reference_models_is_the_same(string processor)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Run(processor, "Conformance.Tests", "-method", "*.GoldenConformanceTests.Every_byte_is_the_reference_s");
    }

    [Fact]
    public void Products_of_every_form_give_the_bytes_of_plain_loops()
    {
        Run(ArmEmulator.Everything, "Conformance.Tests", "-class", "*.ProductTests");
    }

    [Fact]
    public void Mixed_precision_and_encoded_weights_give_what_they_are_defined_to()
    {
        Run(ArmEmulator.Everything, "Conformance.Tests", "-class", "*.MixedPrecisionTests", "-class", "*.EncodedWeightsTests", "-class", "*.FewValuesTests");
    }

    [Theory]
    [InlineData(ArmEmulator.Everything)]
    [InlineData(ArmEmulator.Pi4)]
    public void Kernels_give_what_they_are_defined_to(string processor)
    {
        Run(processor, "Runtime.Tests", "-namespace", "EdgeQuant.Runtime.Tests.Kernels");
    }

    [Fact]
    public void Operators_give_what_they_are_defined_to()
    {
        string[] operators = ["Convolution", "Pool", "Arithmetic", "BatchMatrixProduct", "Lstm", "Softmax", "Svdf", "TransposedConvolution"];
        Run(ArmEmulator.Everything, "Converter.Tests", [.. operators.SelectMany(name => new[] { "-class", $"*.Lower.{name}Tests" })]);
    }

    private static void Run(string processor, string project, params string[] selection)
    {
        ArmEmulator.Require();
        string program = ArmPrograms.Build($"tests/{project}");
        ProgramRun run = ArmEmulator.Run(processor, program, ["-noColor", "-parallel", "none", .. selection]);
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Output}");
        Assert.Contains("Errors: 0, Failed: 0, Skipped: 0", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Total: 0,", run.Output, StringComparison.Ordinal);
    }
}
