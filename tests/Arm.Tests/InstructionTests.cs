using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeQuant.Tests.Support;
using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Arm.Tests;

/// <summary>
/// How many instructions an inference takes, counted while they are executed. What each operator takes is printed, and written to
/// <c>artifacts/arm64/MODEL-KERNELS.md</c>.
/// </summary>
public sealed class InstructionTests
{
    /// <summary>A layer is large if it does so much of a network's work.</summary>
    private const double LargeShare = 0.05;

    /// <summary>Instructions of a loop for each that must be there to multiply and accumulate.</summary>
    private const double LargestRatio = 1.5;

    [Theory]
    [InlineData("mlperf_kws_int8", "dotprod")]
    [InlineData("mlperf_kws_int8", "neon")]
    [InlineData("mlperf_vww_int8", "dotprod")]
    [InlineData("mlperf_vww_int8", "neon")]
    [InlineData("mlperf_ic_resnet8_int8", "dotprod")]
    [InlineData("mlperf_ic_resnet8_int8", "neon")]
    public void Loops_of_large_layers_do_little_but_multiply(string model, string kernels)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        ArmEmulator.Require();
        bool dotProducts = kernels == "dotprod";
        string program = ArmPrograms.PublishNative("tests/Arm.Instructions");
        string file = Convert(model);
        JsonElement[] operators = [.. ToolProcess.Run("inspect", file, "--json").Succeeded().Json().GetProperty("operators").EnumerateArray()];
        ExecutionLog log = ArmEmulator.Count(dotProducts ? ArmEmulator.Everything : ArmEmulator.Pi4, program, file);
        Assert.Equal(operators.Length + 1, log.Operators.Count);

        // SDOT multiplies 16 times. Without it SMULL and SMLAL multiply 8 times each, and SADALP adds up what both gave: a third product may not
        // fit into 16 bits, as 3 x 127 x 128 does not.
        double idealOfOne = dotProducts ? 1.0 / 16 : 3.0 / 16;
        long macs = operators.Sum(Macs);
        List<double> large = [];
        StringBuilder table = new();
        table.AppendLine("| operator | MACs | instructions | of these in convolution kernels | times the ideal | in their loops | times the ideal |");
        table.AppendLine("|---|---|---|---|---|---|---|");
        for (int i = 0; i < operators.Length; i++)
        {
            ExecutedOperator executed = log.Operators[i];
            string kind = operators[i].GetProperty("kind").GetString()!;
            string convolution = kind == "DepthwiseConvolution" ? kind : "Convolution";
            string kernel = $"{(dotProducts ? "DotProduct" : "Neon")}{convolution}__Accumulate";
            long all = executed.InstructionsIn(kernel);
            long loops = executed.LoopInstructionsIn(kernel);
            long own = Macs(operators[i]);
            double ideal = own * idealOfOne;
            string ratios = own == 0 ? " | | | " : string.Create(CultureInfo.InvariantCulture, $"{all} | {all / ideal:F2} | {loops} | {loops / ideal:F2}");
            table.AppendLine(CultureInfo.InvariantCulture, $"| {i} {kind} | {own} | {executed.Instructions} | {ratios} |");
            if (own >= LargeShare * macs)
            {
                large.Add(loops / ideal);
            }
        }

        long total = log.Operators.SkipLast(1).Sum(executed => executed.Instructions);
        table.AppendLine(CultureInfo.InvariantCulture, $"| all | {macs} | {total} | | | | |");
        File.WriteAllText(Path.Combine(Repository.Root, "artifacts", "arm64", $"{model}-{kernels}.md"), table.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        Assert.NotEmpty(large);
        Assert.All(large, ratio => Assert.InRange(ratio, 1, LargestRatio));
    }

    private static string Convert(string model)
    {
        string file = Path.Combine(Repository.Root, "artifacts", "arm64", $"{model}.eqm");
        ToolProcess.Run("convert", Path.Combine(Repository.Shared, "goldens", model, "model.tflite"), "-o", file).Succeeded();
        return file;
    }

    private static long Macs(JsonElement operation)
    {
        return operation.GetProperty("macs").GetInt64();
    }
}
