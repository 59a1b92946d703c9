using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

public sealed class LstmTests
{
    private const int Features = 5;
    private const int Cells = 3;
    private const int Steps = 4;
    private const float InputScale = 1f / 64;
    private const float WeightScale = 1f / 96;

    [Theory]
    [InlineData(false, 1f / 4096, 0f)]
    [InlineData(false, 1f / 1024, 0f)]
    [InlineData(false, 1f / 32768, 0.5f)]
    [InlineData(true, 1f / 4096, 0f)]
    [InlineData(true, 1f / 2048, 0.25f)]
    public void It_stays_near_the_real_LSTM(bool wide, float cellScale, float clip)
    {
        const int Batches = 2;
        Weights weights = new(new Random(6));
        float scale = wide ? InputScale / 256 : InputScale;
        int zeroPoint = wide ? 0 : -9;
        SmallNetwork network = weights.Load(wide, timeFirst: false, Batches, Steps, scale, zeroPoint, cellScale, clip);
        double[] hidden = new double[Batches * Cells];
        double[] cell = new double[Batches * Cells];
        Random random = new(7);
        for (int inference = 0; inference < 3; inference++)
        {
            short[] input = SmallNetwork.Numbers<short>(random, Batches * Steps * Features, wide ? -16384 : -128, wide ? 16383 : 127);
            double[] real = Array.ConvertAll(input, value => (value - zeroPoint) * (double)scale);

            double[] expected = weights.Real(real, Batches, Steps, hidden, cell, clip);
            double[] found = Run(network, wide, input);

            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], found[i], tolerance: 0.05);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Time_first_is_the_same_in_another_order(bool wide)
    {
        const int Batches = 3;
        Weights weights = new(new Random(8));
        short[] input = SmallNetwork.Numbers<short>(new Random(9), Batches * Steps * Features, -128, 127);
        SmallNetwork batchFirst = weights.Load(wide, timeFirst: false, Batches, Steps, InputScale, 0, 1f / 4096, 0);
        SmallNetwork timeFirst = weights.Load(wide, timeFirst: true, Batches, Steps, InputScale, 0, 1f / 4096, 0);

        double[] expected = Swapped(Run(batchFirst, wide, input), Batches, Steps, Cells);

        Assert.Equal(expected, Run(timeFirst, wide, Swapped(input, Batches, Steps, Features)));
    }

    [Fact]
    public void The_state_carries_on_and_resets()
    {
        Weights weights = new(new Random(10));
        short[] input = SmallNetwork.Numbers<short>(new Random(11), Steps * Features, -128, 127);
        SmallNetwork whole = weights.Load(wide: false, timeFirst: false, 1, Steps, InputScale, 0, 1f / 4096, 0);
        SmallNetwork stepwise = weights.Load(wide: false, timeFirst: false, 1, 1, InputScale, 0, 1f / 4096, 0);

        double[] expected = Run(whole, false, input);
        for (int repeat = 0; repeat < 2; repeat++)
        {
            Assert.Equal(expected, input.Chunk(Features).SelectMany(step => Run(stepwise, false, step)));
            stepwise.Reset();
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(1e30f)]
    public void A_cell_scale_that_is_no_usable_power_of_two_is_refused(float scale)
    {
        Assert.Throws<UnsupportedNetworkException>(() => new Weights(new Random(12)).Load(false, false, 1, 1, InputScale, 0, scale, 0));
    }

    private static double[] Run(SmallNetwork network, bool wide, short[] input)
    {
        return wide
            ? Array.ConvertAll(network.Run<short>(input), value => value / 32768.0)
            : Array.ConvertAll(network.Run<sbyte>(Array.ConvertAll(input, value => (sbyte)value)), value => (value - Weights.HiddenZeroPoint) / 128.0);
    }

    private static T[] Swapped<T>(T[] values, int outer, int inner, int length)
    {
        return [.. Enumerable.Range(0, inner).SelectMany(i => Enumerable.Range(0, outer).SelectMany(o => values.Skip(((o * inner) + i) * length).Take(length)))];
    }

    private sealed class Weights
    {
        public const int HiddenZeroPoint = 6;

        private readonly sbyte[][] _input = new sbyte[Lstm.Gates][];
        private readonly sbyte[][] _recurrent = new sbyte[Lstm.Gates][];
        private readonly double[][] _bias = new double[Lstm.Gates][];

        public Weights(Random random)
        {
            for (int gate = 0; gate < Lstm.Gates; gate++)
            {
                _input[gate] = SmallNetwork.Numbers<sbyte>(random, Cells * Features, -127, 127);
                _recurrent[gate] = SmallNetwork.Numbers<sbyte>(random, Cells * Cells, -127, 127);
                _bias[gate] = [.. Enumerable.Range(0, Cells).Select(_ => random.NextDouble() - 0.5)];
            }
        }

        public SmallNetwork Load(bool wide, bool timeFirst, int batches, int steps, float inputScale, int inputZeroPoint, float cellScale, float clip)
        {
            DataType type = wide ? DataType.Int16 : DataType.Int8;
            float hiddenScale = wide ? 1f / 32768 : 1f / 128;
            int[] outer = timeFirst ? [steps, batches] : [batches, steps];
            Tensor data = SmallNetwork.Tensor("data", type, [.. outer, Features], inputScale, inputZeroPoint);
            Tensor output = SmallNetwork.Tensor("output", type, [.. outer, Cells], hiddenScale);
            Tensor hidden = SmallNetwork.State("hidden", type, [batches, Cells], hiddenScale, wide ? 0 : HiddenZeroPoint);
            Array.Fill(hidden.InitialState!, (byte)(wide ? 0 : HiddenZeroPoint));
            Tensor cell = SmallNetwork.State("cell", DataType.Int16, [batches, Cells], cellScale);
            Quantization weights = Quantization.PerTensor(WeightScale, 0);
            Tensor[] inputs =
            [
                data,
                .. _input.Select(values => SmallNetwork.Constant("input weights", DataType.Int8, [Cells, Features], values, weights)),
                .. _recurrent.Select(values => SmallNetwork.Constant("recurrent weights", DataType.Int8, [Cells, Cells], values, weights)),
                .. _bias.Select(values => Bias(values, wide, inputScale * WeightScale)),
                hidden,
                cell,
            ];
            return SmallNetwork.Load(SmallNetwork.Graph([data], [output], new Node(new Lstm(timeFirst, clip), inputs, [output])));
        }

        /// <summary>The definition with real numbers, from given states on.</summary>
        public double[] Real(double[] input, int batches, int steps, double[] hidden, double[] cell, float clip)
        {
            double[] output = new double[batches * steps * Cells];
            for (int batch = 0; batch < batches; batch++)
            {
                for (int step = 0; step < steps; step++)
                {
                    double[] before = hidden[(batch * Cells)..((batch + 1) * Cells)];
                    double Gate(int gate, int i)
                    {
                        double sum = _bias[gate][i];
                        for (int k = 0; k < Features; k++)
                        {
                            sum += input[(((batch * steps) + step) * Features) + k] * _input[gate][(i * Features) + k] * WeightScale;
                        }

                        for (int k = 0; k < Cells; k++)
                        {
                            sum += before[k] * _recurrent[gate][(i * Cells) + k] * WeightScale;
                        }

                        return sum;
                    }

                    for (int i = 0; i < Cells; i++)
                    {
                        int at = (batch * Cells) + i;
                        double value = (Logistic(Gate(1, i)) * cell[at]) + (Logistic(Gate(0, i)) * Math.Tanh(Gate(2, i)));
                        cell[at] = clip > 0 ? Math.Clamp(value, -clip, clip) : value;
                        hidden[at] = Logistic(Gate(3, i)) * Math.Tanh(cell[at]);
                        output[(((batch * steps) + step) * Cells) + i] = hidden[at];
                    }
                }
            }

            return output;
        }

        private static double Logistic(double x)
        {
            return 1 / (1 + Math.Exp(-x));
        }

        private static Tensor Bias(double[] values, bool wide, double scale)
        {
            return wide
                ? SmallNetwork.Constant("bias", DataType.Int64, [Cells], Array.ConvertAll(values, value => (long)Math.Round(value / scale)))
                : SmallNetwork.Constant("bias", DataType.Int32, [Cells], Array.ConvertAll(values, value => (int)Math.Round(value / scale)));
        }
    }
}
