using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Random small networks with random recipes: every operator with a scheme of its own.</summary>
public sealed class RandomMixtureTests
{
    private const int Seeds = 150;

    /// <summary>The steps of an 8-bit output that each operator may part from its definition with rounded operands, wherever its error goes.</summary>
    private const int StepsOfAnOperator = 2;

    /// <summary>The same in the root of the mean square; those of several operators have nothing to do with each other, so that their squares add up.</summary>
    private const double MeanStepsOfAnOperator = 0.5;

    [Fact]
    public void They_convert_and_agree_with_their_definition()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            (FloatNetwork network, Recipe recipe, string text) = Draw(seed, mayBeReal: false);

            SampleSet samples = network.Samples(12);
            QuantizedRun run = QuantizedRun.Of(network.Graph, samples, recipe);

            float[][] expected = Simulated(run, samples);
            double step = expected.Max(values => values.Max(Math.Abs)) / 127;
            double[] errors = [.. expected.Zip(run.Found).SelectMany(pair => pair.First.Zip(pair.Second, (right, value) => Math.Abs((double)right - value) / step))];
            double mean = Math.Sqrt(errors.Average(error => error * error));
            int operators = network.Graph.Nodes.Count;
            Assert.True(errors.Max() <= StepsOfAnOperator * operators && mean <= MeanStepsOfAnOperator * Math.Sqrt(operators), $"seed {seed}: {errors.Max()} steps, {mean} in the mean\n{text}");
        }
    }

    [Fact]
    public void What_stays_real_in_the_middle_is_refused_with_one_reason_each()
    {
        int refused = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            (FloatNetwork network, Recipe recipe, string text) = Draw(seed, mayBeReal: true);
            try
            {
                QuantizedRun.Of(network.Graph, network.Samples(4), recipe);
            }
            catch (UnsupportedNetworkException exception)
            {
                // A conversion has real numbers on one side only; it is there because of what computes with them.
                Assert.All(exception.Refusals, refusal => Assert.True(refusal.ToString().Split("float32").Length > 2, $"seed {seed}: {refusal}\n{text}"));
                Assert.True(exception.Refusals.Count <= network.Graph.Nodes.Count, $"seed {seed}: {exception.Message}\n{text}");
                refused++;
            }
        }

        Assert.InRange(refused, Seeds / 10, Seeds);
    }

    /// <summary>What the quantized network gives by its definition, in real numbers on the grids of its tensors.</summary>
    private static float[][] Simulated(QuantizedRun run, SampleSet samples)
    {
        NetworkGraph graph = run.Network.Graph;
        float[][] outputs = new float[run.Found.Length][];
        FloatExecutor.Of(graph).RunAll(samples, (record, workspace) => outputs[record] = [.. graph.Outputs.SelectMany(output => workspace[output].ToArray())]);
        return outputs;
    }

    private static (FloatNetwork Network, Recipe Recipe, string Text) Draw(int seed, bool mayBeReal)
    {
        Random random = new(seed);
        FloatNetwork network = new(seed);
        Tensor tensor = network.Input(1, 6, 6, 4);
        int layers = random.Next(2, 6);
        for (int i = 0; i < layers; i++)
        {
            tensor = Layer(random, network, tensor);
        }

        tensor = network.Add(new Reshape(), [1, tensor.ElementCount], tensor);
        tensor = network.Add(new FullyConnected(Activation.None), [1, 5], tensor, network.Random(2 / Math.Sqrt(tensor.ElementCount), 5, tensor.ElementCount), network.Random(0.2, 5));
        NetworkGraph graph = network.Output(tensor);
        FloatPassList.Run(graph);
        ActivationType[] activations = [ActivationType.Int8, ActivationType.Int16];
        WeightEncoding[] encodings = [WeightEncoding.Int8, WeightEncoding.Int4, WeightEncoding.Codebook];
        RecipeRule[] rules = new RecipeRule[graph.Nodes.Count];
        for (int i = 0; i < rules.Length; i++)
        {
            bool real = mayBeReal && random.Next(6) == 0;
            SchemeChange change = new()
            {
                ActivationType = real && random.Next(2) == 0 ? ActivationType.Float : activations[random.Next(activations.Length)],
                WeightEncoding = real && random.Next(2) == 0 ? WeightEncoding.Float : encodings[random.Next(encodings.Length)],
            };
            rules[i] = new RecipeRule(change) { From = i, To = i };
        }

        string text = string.Join('\n', graph.Nodes.Zip(rules, (node, rule) => $"{node.Operation.Name} {rule.Change.ActivationType} {rule.Change.WeightEncoding}"));
        return (network, Recipe.Default with { Rules = rules }, text);
    }

    private static Tensor Layer(Random random, FloatNetwork network, Tensor data)
    {
        int channels = data.Shape[3];
        int[] shape = data.Shape;
        WindowAttributes same = new(1, 1, 1, 1, 1, 1, 1, 1);
        Activation activation = random.Next(2) == 0 ? Activation.Relu : Activation.None;
        switch (random.Next(7))
        {
            case 0:
                int outputs = random.Next(1, 9);
                return network.Add(new Convolution2D(same, activation), [1, shape[1], shape[2], outputs], data, network.Random(1 / Math.Sqrt(9 * channels), outputs, 3, 3, channels), network.Random(0.3, outputs));
            case 1:
                return network.Add(new DepthwiseConvolution2D(same, activation), shape, data, network.Random(0.4, 1, 3, 3, channels), network.Random(0.3, channels));
            case 2:
                return network.Add(new Unary(random.Next(2) == 0 ? UnaryFunction.Tanh : UnaryFunction.Logistic), shape, data);
            case 3:
                return network.Add(new Arithmetic(ArithmeticFunction.Add, activation), shape, data, network.Add(new Unary(UnaryFunction.Tanh), shape, data));
            case 4 when shape[1] <= 12:
                return network.Add(
                    new TransposedConvolution2D(2, 2, 0, 0, activation), [1, 2 * shape[1], 2 * shape[2], 3], data, network.Random(1 / Math.Sqrt(channels), 3, 2, 2, channels), network.Random(0.3, 3));
            case 5 when shape[1] > 3:
                return network.Add(new Pool2D(PoolKind.Maximum, 2, 2, new WindowAttributes(2, 2, 1, 1, 0, 0, 0, 0), Activation.None), [1, shape[1] / 2, shape[2] / 2, channels], data);
            default:
                return network.Add(new Arithmetic(ArithmeticFunction.Multiply, Activation.None), shape, data, network.Random(1, channels));
        }
    }
}
