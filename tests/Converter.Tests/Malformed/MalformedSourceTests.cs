using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>Damaged TensorFlow Lite files through the whole converter: refused with reasons, or converted to something that runs.</summary>
public sealed class MalformedSourceTests
{
    private const int MutationsOfAnOperator = 500;
    private const int MutationsOfANetwork = 3300;

    private static readonly string[] s_networks =
        ["tflm_hello_world_int8", "tinymaix_mnist_valid_q", "mltk_tflite_micro_magic_wand", "mww_okay_nabu", "tflm_mnist_lstm_int8"];

    [Fact]
    public void Damaged_operators_are_refused_or_converted()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Run(Golden.Operators(), MutationsOfAnOperator);
    }

    [Fact]
    public void Damaged_networks_are_refused_or_converted()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Run([.. Golden.Networks().Where(golden => s_networks.Contains(golden.Name, StringComparer.Ordinal))], MutationsOfANetwork);
    }

    /// <summary>Mutates each model so many times; every verdict must occur, so that each way through the converter was taken.</summary>
    private static void Run(IReadOnlyList<Golden> goldens, int mutations)
    {
        Assert.NotEmpty(goldens);
        int[] verdicts = new int[Enum.GetValues<Verdict>().Length];
        foreach (Golden golden in goldens)
        {
            byte[] model = golden.Model;
            SourceMutation mutation = new(model);
            byte[] damaged = new byte[model.Length];
            for (int seed = 0; seed < mutations; seed++)
            {
                mutation.Apply(damaged, seed);
                int number = seed;
                verdicts[(int)HostileSource.Convert(damaged, () => $"{golden.Name}, mutation {number}")]++;
            }
        }

        Assert.All(verdicts, count => Assert.True(count > mutations / 10, $"verdicts: {string.Join(", ", verdicts)}"));
    }
}
