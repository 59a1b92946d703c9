using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>Operators that remember, with real numbers against their definitions.</summary>
public sealed class RecurrentKernelTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void A_filter_takes_in_one_inference_after_the_other(int rank, bool rectified)
    {
        const int Batches = 2, Features = 5, Units = 3, Memory = 4;
        int filters = Units * rank;
        Random random = new(rank);
        float[] feature = FloatNode.Numbers(random, filters, Features);
        float[] time = FloatNode.Numbers(random, filters, Memory);
        float[] bias = FloatNode.Numbers(random, Units);
        Tensor data = FloatNode.Input(Batches, Features);
        Tensor state = new("state", DataType.Float32, [Batches, filters * Memory]) { InitialState = new byte[4 * Batches * filters * Memory] };
        Tensor output = FloatNode.Input(Batches, Units);
        NetworkGraph graph = new("svdf");
        graph.Inputs.Add(data);
        graph.Nodes.Add(new Node(
            new Svdf(rank, rectified ? Activation.Relu : Activation.None),
            [data, FloatNode.Constant([filters, Features], feature), FloatNode.Constant([filters, Memory], time), FloatNode.Constant([Units], bias), state],
            [output]));
        FloatExecutor executor = FloatExecutor.Of(graph);
        FloatWorkspace workspace = executor.NewWorkspace();
        List<float[]> records = [.. Enumerable.Range(0, 6).Select(_ => FloatNode.Numbers(random, Batches, Features))];

        for (int last = 0; last < records.Count; last++)
        {
            records[last].CopyTo(workspace[data]);
            executor.Run(workspace);

            FloatNode.Close([.. Enumerable.Range(0, Batches * Units).Select(i => Unit(i / Units, i % Units, last))], workspace[output].ToArray(), $"record {last}");
        }

        double Unit(int batch, int unit, int last)
        {
            double sum = bias[unit];
            for (int filter = unit * rank; filter < (unit + 1) * rank; filter++)
            {
                for (int back = 0; back < Math.Min(Memory, last + 1); back++)
                {
                    double product = Enumerable.Range(0, Features).Sum(i => (double)records[last - back][(batch * Features) + i] * feature[(filter * Features) + i]);
                    sum += product * time[(filter * Memory) + Memory - 1 - back];
                }
            }

            return rectified ? Math.Max(sum, 0) : sum;
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0.4f)]
    public void Long_short_term_memory_follows_its_equations(bool timeFirst, float clip)
    {
        const int Batches = 2, Times = 5, Features = 3, Cells = 9;
        Random random = new(4);
        int[] shape = timeFirst ? [Times, Batches, Features] : [Batches, Times, Features];
        float[][] input = [.. Enumerable.Range(0, Lstm.Gates).Select(_ => FloatNode.Numbers(random, Cells, Features))];
        float[][] recurrent = [.. Enumerable.Range(0, Lstm.Gates).Select(_ => FloatNode.Numbers(random, Cells, Cells))];
        float[][] bias = [.. Enumerable.Range(0, Lstm.Gates).Select(_ => FloatNode.Numbers(random, Cells))];
        float[] values = FloatNode.Numbers(random, shape);
        Tensor?[] inputs =
        [
            FloatNode.Input(shape),
            .. input.Select(weights => FloatNode.Constant([Cells, Features], weights)),
            .. recurrent.Select(weights => FloatNode.Constant([Cells, Cells], weights)),
            .. bias.Select(weights => FloatNode.Constant([Cells], weights)),
            State(),
            State(),
        ];

        float[] found = FloatNode.Run(new Lstm(timeFirst, clip), inputs, [.. shape[..2], Cells], values);

        double[] expected = new double[Batches * Times * Cells];
        for (int batch = 0; batch < Batches; batch++)
        {
            double[] hidden = new double[Cells];
            double[] cell = new double[Cells];
            for (int time = 0; time < Times; time++)
            {
                int at = timeFirst ? (time * Batches) + batch : (batch * Times) + time;
                double[] before = [.. hidden];
                for (int i = 0; i < Cells; i++)
                {
                    double Gate(int gate) => bias[gate][i]
                        + Enumerable.Range(0, Features).Sum(k => (double)values[(at * Features) + k] * input[gate][(i * Features) + k])
                        + Enumerable.Range(0, Cells).Sum(k => before[k] * recurrent[gate][(i * Cells) + k]);

                    cell[i] = (Sigmoid(Gate(1)) * cell[i]) + (Sigmoid(Gate(0)) * Math.Tanh(Gate(2)));
                    cell[i] = clip > 0 ? Math.Clamp(cell[i], -clip, clip) : cell[i];
                    hidden[i] = Sigmoid(Gate(3)) * Math.Tanh(cell[i]);
                    expected[(at * Cells) + i] = hidden[i];
                }
            }
        }

        FloatNode.Close(expected, found, "LSTM");

        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

        static Tensor State() => new("state", DataType.Float32, [Batches, Cells]) { InitialState = new byte[4 * Batches * Cells] };
    }
}
