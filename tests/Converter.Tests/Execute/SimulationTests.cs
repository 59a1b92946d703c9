using EdgeQuant.Converter.Graph;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>Quantized networks simulated with real numbers, against what the device's integers give.</summary>
public sealed class SimulationTests
{
    /// <summary>Signal operators are defined on integers, rounding and all.</summary>
    private const string FrontEnd = "tflm_audio_preprocessor_int8";

    /// <summary>All but the front end.</summary>
    public static TheoryData<string> Networks => Golden.Available
        ? new TheoryData<string>(Golden.Networks().Select(golden => golden.Name).Where(name => name != FrontEnd))
        : new TheoryData<string>("");

    /// <summary>All but quotients: their divisors are 0 now and then, which the device answers with any number.</summary>
    public static TheoryData<string> Operators => Golden.Available
        ? new TheoryData<string>(Golden.Operators().Select(golden => golden.Name).Where(name => !name.StartsWith("div_", StringComparison.Ordinal)))
        : new TheoryData<string>("");

    [Theory]
    [MemberData(nameof(Operators))]
    public void A_single_operator_is_simulated_to_the_step(string name)
    {
        Assert.SkipUnless(name.Length > 0, Golden.Absent);

        SimulatedGolden.Difference difference = Simulate(Golden.Operators().Single(golden => golden.Name == name));

        Assert.InRange(difference.Largest, 0, 1.01);
    }

    /// <summary>A value between two steps may fall on either side, and later operators make more of it; on the whole little of that is left.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_is_simulated_to_a_few_steps_on_average(string name)
    {
        Assert.SkipUnless(name.Length > 0, Golden.Absent);

        SimulatedGolden.Difference difference = Simulate(Golden.Networks().Single(golden => golden.Name == name));

        Assert.InRange(difference.Mean, 0, 3);
        Assert.InRange(difference.Largest, 0, 48);
    }

    [Fact]
    public void A_front_end_of_signal_operators_is_refused_with_all_of_them()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);

        UnsupportedNetworkException refused = Assert.Throws<UnsupportedNetworkException>(() => Simulate(Golden.Networks().Single(golden => golden.Name == FrontEnd)));

        Assert.Equal(9, refused.Refusals.Count(refusal => refusal.Reason.StartsWith("Signal", StringComparison.Ordinal)));
    }

    /// <summary>With the golden's own inputs no difference of an earlier operator is left.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Each_operator_of_a_network_is_simulated_to_the_step(string name)
    {
        Assert.SkipUnless(name.Length > 0, Golden.Absent);

        foreach ((Node node, double largest) in SimulatedGolden.RunLayers(Golden.Networks().Single(golden => golden.Name == name)))
        {
            Assert.True(largest <= 1.01, $"{node.Source} to {node.Output()}: {largest} steps.");
        }
    }

    private static SimulatedGolden.Difference Simulate(Golden golden)
    {
        SimulatedGolden.Difference difference = SimulatedGolden.Run(golden);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{golden.Name}: {difference.Different} of {difference.Elements} elements differ, by {difference.Mean:0.000} steps on average and {difference.Largest:0.#} at most");
        return difference;
    }
}
