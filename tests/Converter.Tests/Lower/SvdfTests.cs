using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

public sealed class SvdfTests
{
    private const int Batches = 2;
    private const int Features = 3;
    private const int Units = 2;
    private const int Memory = 4;
    private const float InputScale = 0.1f;
    private const float FeatureScale = 0.02f;
    private const float StateScale = 0.05f;
    private const float TimeScale = 0.01f;
    private const float OutputScale = 0.02f;
    private const int InputZeroPoint = -5;
    private const int OutputZeroPoint = 3;

    [Theory]
    [InlineData(1, 8, 8, true)]
    [InlineData(3, 8, 8, false)]
    [InlineData(1, 16, 16, false)]
    [InlineData(2, 16, 16, true)]
    [InlineData(2, 16, 8, true)]
    public void Every_inference_appends_to_the_memory(int rank, int stateBits, int timeBits, bool hasBias)
    {
        Random random = new(5);
        int filters = Units * rank;
        bool wideState = stateBits == 16;
        bool wideTime = timeBits == 16;
        int stateZeroPoint = wideState ? 0 : 12;
        sbyte[] feature = SmallNetwork.Numbers<sbyte>(random, filters * Features, -127, 127);
        short[] time = SmallNetwork.Numbers<short>(random, filters * Memory, wideTime ? -32767 : -127, wideTime ? 32767 : 127);
        int[] bias = hasBias ? SmallNetwork.Numbers<int>(random, Units, -5000, 5000) : new int[Units];
        DataType stateType = wideState ? DataType.Int16 : DataType.Int8;
        float timeScale = wideTime ? TimeScale / 256 : TimeScale;
        Tensor data = SmallNetwork.Tensor("data", DataType.Int8, [Batches, Features], InputScale, InputZeroPoint);
        Tensor state = SmallNetwork.State("state", stateType, [Batches, filters * Memory], StateScale, stateZeroPoint);
        Tensor output = SmallNetwork.Tensor("output", DataType.Int8, [Batches, Units], OutputScale, OutputZeroPoint);
        Quantization timeQuantization = Quantization.PerTensor(timeScale, 0);
        Tensor timeWeights = wideTime
            ? SmallNetwork.Constant("time", DataType.Int16, [filters, Memory], time, timeQuantization)
            : SmallNetwork.Constant("time", DataType.Int8, [filters, Memory], Array.ConvertAll(time, weight => (sbyte)weight), timeQuantization);
        Node node = new(
            new Svdf(rank),
            [
                data,
                SmallNetwork.Constant("feature", DataType.Int8, [filters, Features], feature, Quantization.PerTensor(FeatureScale, 0)),
                timeWeights,
                hasBias ? SmallNetwork.Constant("bias", DataType.Int32, [Units], bias) : null,
                state,
            ],
            [output]);
        SmallNetwork network = SmallNetwork.Load(SmallNetwork.Graph([data], [output], node));

        QuantizedMultiplier toState = QuantizedMultiplier.From(InputScale * FeatureScale / StateScale);
        QuantizedMultiplier toOutput = QuantizedMultiplier.From(StateScale * timeScale / OutputScale);
        int[] memory = new int[Batches * filters * Memory];
        int limit = wideState ? 32768 : 128;
        for (int inference = 0; inference < Memory + 2; inference++)
        {
            sbyte[] input = SmallNetwork.Numbers<sbyte>(random, Batches * Features, -128, 127);
            sbyte[] expected = new sbyte[Batches * Units];
            for (int batch = 0; batch < Batches; batch++)
            {
                int[] sums = (int[])bias.Clone();
                for (int filter = 0; filter < filters; filter++)
                {
                    int product = Enumerable.Range(0, Features).Sum(k => (input[(batch * Features) + k] - InputZeroPoint) * feature[(filter * Features) + k]);
                    Span<int> places = memory.AsSpan(((batch * filters) + filter) * Memory, Memory);
                    places[1..].CopyTo(places);
                    places[^1] = Math.Clamp(Rescale(product, toState) + stateZeroPoint, -limit, limit - 1);
                    for (int k = 0; k < Memory; k++)
                    {
                        sums[filter / rank] += time[(filter * Memory) + k] * (places[k] - stateZeroPoint);
                    }
                }

                for (int unit = 0; unit < Units; unit++)
                {
                    expected[(batch * Units) + unit] = (sbyte)Math.Clamp(Rescale(sums[unit], toOutput) + OutputZeroPoint, -128, 127);
                }
            }

            Assert.Equal(expected, network.Run<sbyte>(input));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Data_of_16_bits_are_summed_in_64(int timeBits)
    {
        const int Rank = 2;
        const int Filters = Units * Rank;
        const float WideInputScale = InputScale / 256;
        const float WideOutputScale = OutputScale / 64;
        float timeScale = timeBits == 16 ? TimeScale / 256 : TimeScale;
        Random random = new(6);
        sbyte[] feature = SmallNetwork.Numbers<sbyte>(random, Filters * Features, -127, 127);
        short[] time = SmallNetwork.Numbers<short>(random, Filters * Memory, timeBits == 16 ? -4000 : -127, timeBits == 16 ? 4000 : 127);
        int[] bias = SmallNetwork.Numbers<int>(random, Units, -5000, 5000);
        Tensor data = SmallNetwork.Tensor("data", DataType.Int16, [1, Features], WideInputScale);
        Tensor state = SmallNetwork.State("state", DataType.Int16, [1, Filters * Memory], StateScale / 64);
        Tensor output = SmallNetwork.Tensor("output", DataType.Int16, [1, Units], WideOutputScale);
        Tensor timeWeights = timeBits == 16
            ? SmallNetwork.Constant("time", DataType.Int16, [Filters, Memory], time, Quantization.PerTensor(timeScale, 0))
            : SmallNetwork.Constant("time", DataType.Int8, [Filters, Memory], Array.ConvertAll(time, weight => (sbyte)weight), Quantization.PerTensor(timeScale, 0));
        Tensor featureWeights = SmallNetwork.Constant("feature", DataType.Int8, [Filters, Features], feature, Quantization.PerTensor(FeatureScale, 0));
        Node node = new(new Svdf(Rank), [data, featureWeights, timeWeights, SmallNetwork.Constant("bias", DataType.Int32, [Units], bias), state], [output]);
        SmallNetwork network = SmallNetwork.Load(SmallNetwork.Graph([data], [output], node));
        QuantizedMultiplier toState = QuantizedMultiplier.From(WideInputScale * FeatureScale / (StateScale / 64));
        QuantizedMultiplier toOutput = QuantizedMultiplier.From(StateScale / 64 * timeScale / WideOutputScale);
        int[] memory = new int[Filters * Memory];
        for (int inference = 0; inference < Memory + 2; inference++)
        {
            short[] input = SmallNetwork.Numbers<short>(random, Features, -32768, 32767);
            int[] sums = (int[])bias.Clone();
            for (int filter = 0; filter < Filters; filter++)
            {
                long product = Enumerable.Range(0, Features).Sum(k => (long)input[k] * feature[(filter * Features) + k]);
                Span<int> places = memory.AsSpan(filter * Memory, Memory);
                places[1..].CopyTo(places);
                places[^1] = Math.Clamp(Requantization.MultiplyByQuantizedMultiplier(product, toState.Multiplier, toState.Shift), short.MinValue, short.MaxValue);
                for (int k = 0; k < Memory; k++)
                {
                    sums[filter / Rank] += time[(filter * Memory) + k] * places[k];
                }
            }

            Assert.Equal(Array.ConvertAll(sums, sum => (short)Math.Clamp(Rescale(sum, toOutput), short.MinValue, short.MaxValue)), network.Run<short>(input));
        }
    }

    [Fact]
    public void A_state_narrower_than_the_time_weights_is_refused()
    {
        Tensor data = SmallNetwork.Tensor("data", DataType.Int8, [1, 1]);
        Tensor output = SmallNetwork.Tensor("output", DataType.Int8, [1, 1]);
        Tensor weights = SmallNetwork.Constant("weights", DataType.Int8, [1, 1], new sbyte[1], Quantization.PerTensor(1, 0));
        Tensor time = SmallNetwork.Constant("time", DataType.Int16, [1, 1], new short[1], Quantization.PerTensor(1, 0));
        Node node = new(new Svdf(1), [data, weights, time, null, SmallNetwork.State("state", DataType.Int8, [1, 1])], [output]);

        Assert.Throws<UnsupportedNetworkException>(() => SmallNetwork.Load(SmallNetwork.Graph([data], [output], node)));
    }

    private static int Rescale(int sum, QuantizedMultiplier multiplier)
    {
        return Requantization.MultiplyByQuantizedMultiplier(sum, multiplier.Multiplier, multiplier.Shift);
    }
}
