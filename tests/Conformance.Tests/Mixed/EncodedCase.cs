using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Conformance.Tests.Mixed;

/// <summary>A random transposed convolution, LSTM or SVDF whose weights can be stored in another form than 8 bits.</summary>
/// <param name="seed">The same for the same case.</param>
/// <param name="kind">The operator.</param>
/// <param name="data">The type of data and outputs.</param>
/// <param name="form">The form that holds all weights.</param>
internal sealed class EncodedCase(int seed, EncodedKind kind, DataType data, WeightForm form)
{
    private const float DataScale = 1f / 64;

    public override string ToString()
    {
        return $"{kind} of {data} with {form}, seed {seed}";
    }

    /// <summary>The network of this one operator.</summary>
    /// <param name="stored">How weights are stored: in their form, or in 8 bits, which hold all.</param>
    public NetworkGraph Graph(WeightForm stored)
    {
        Random random = new(seed);
        return kind switch
        {
            EncodedKind.TransposedConvolution => Transposed(random, stored),
            EncodedKind.Lstm => LongShortTerm(random, stored),
            _ => Filter(random, stored),
        };
    }

    /// <summary>Random records, little endian.</summary>
    public byte[][] Records(int count)
    {
        Random random = new(seed);
        Tensor input = Graph(WeightForm.Int8).Inputs[0];
        byte[][] records = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            records[i] = new byte[input.ElementCount * data.Bytes()];
            random.NextBytes(records[i]);
        }

        return records;
    }

    private static Tensor State(string name, DataType type, int elements, float scale, int zeroPoint)
    {
        return new Tensor(name, type, [1, elements])
        {
            InitialState = [.. Enumerable.Repeat((byte)zeroPoint, elements * type.Bytes())],
            Quantization = Quantization.PerTensor(scale, zeroPoint),
        };
    }

    /// <summary>A length of the output that data, kernel, stride and padding leave open.</summary>
    private static int Length(Random random, int data, int kernel, int stride, int padding)
    {
        return random.Next(Math.Max(1, ((data - 1) * stride) + 1 - padding), Math.Max(1, (data * stride) + kernel - 1 - padding) + 1);
    }

    private static NetworkGraph Network(Operation operation, Tensor?[] inputs, Tensor output)
    {
        NetworkGraph graph = new("encoded");
        graph.Inputs.Add(inputs[0]!);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(operation, inputs, [output]));
        return graph;
    }

    private NetworkGraph Transposed(Random random, WeightForm stored)
    {
        int[] kernel = [random.Next(1, 6), random.Next(1, 6)];
        int[] stride = [random.Next(1, 4), random.Next(1, 4)];
        int channels = random.Next(1, 9);
        int outputs = random.Next(1, 13);
        int[] size = [random.Next(1, 3), random.Next(1, 6), random.Next(1, 6), channels];
        TransposedConvolution2D operation = new(stride[0], stride[1], random.Next(kernel[0]), random.Next(kernel[1]), Activation.None);
        int[] shape = [size[0], Length(random, size[1], kernel[0], stride[0], operation.PaddingTop), Length(random, size[2], kernel[1], stride[1], operation.PaddingLeft), outputs];
        Tensor output = Data(random, "output", shape, data == DataType.Int8 ? 0.5f : 0.002f);
        Tensor filter = Weights(random, stored, outputs, kernel[0], kernel[1], channels);
        return Network(operation, [Data(random, "data", size, DataScale), filter, Bias(random, outputs)], output);
    }

    private NetworkGraph LongShortTerm(Random random, WeightForm stored)
    {
        int features = random.Next(1, 30);
        int cells = random.Next(1, 20);
        int batches = random.Next(1, 3);
        int steps = random.Next(1, 4);
        bool timeFirst = random.Next(2) == 0;
        int[] outer = timeFirst ? [steps, batches] : [batches, steps];
        Tensor input = Data(random, "data", [.. outer, features], DataScale);
        Tensor output = Data(random, "output", [.. outer, cells], data == DataType.Int8 ? 1f / 128 : 1f / 32768);
        Tensor[] inputWeights = [.. Enumerable.Range(0, Lstm.Gates).Select(_ => Weights(random, stored, cells, features))];
        Tensor[] recurrentWeights = [.. Enumerable.Range(0, Lstm.Gates).Select(_ => Weights(random, stored, cells, cells))];
        Tensor[] biases = [.. Enumerable.Range(0, Lstm.Gates).Select(_ => Bias(random, cells)!)];
        Tensor hidden = State("hidden", data, batches * cells, output.Quantization!.Scale, output.Quantization.ZeroPoint);
        Tensor cell = State("cell", DataType.Int16, batches * cells, 1f / 4096, 0);
        return Network(new Lstm(timeFirst, 0), [input, .. inputWeights, .. recurrentWeights, .. biases, hidden, cell], output);
    }

    private NetworkGraph Filter(Random random, WeightForm stored)
    {
        int rank = random.Next(1, 4);
        int units = random.Next(1, 8);
        int memory = random.Next(1, 20);
        int features = random.Next(1, 40);
        int batches = random.Next(1, 3);
        Tensor input = Data(random, "data", [batches, features], DataScale);
        Tensor output = Data(random, "output", [batches, units], data == DataType.Int8 ? 0.1f : 0.0005f);
        DataType stateType = data == DataType.Int16 || random.Next(2) == 0 ? DataType.Int16 : DataType.Int8;
        Tensor state = State("state", stateType, batches * units * rank * memory, stateType == DataType.Int16 ? 1f / 2048 : 1f / 8, stateType == DataType.Int16 ? 0 : random.Next(-20, 20));
        Tensor? bias = random.Next(2) == 0 ? null : new Tensor("bias", DataType.Int32, [units]) { Data = IntegerConstant.Bytes(DataType.Int32, [.. Enumerable.Range(0, units).Select(_ => (long)random.Next(-9999, 9999))]) };
        return Network(new Svdf(rank), [input, Weights(random, stored, units * rank, features), Weights(random, stored, units * rank, memory), bias, state], output);
    }

    private Tensor Data(Random random, string name, int[] shape, float scale)
    {
        return new Tensor(name, data, shape) { Quantization = Quantization.PerTensor(scale, data == DataType.Int16 ? 0 : random.Next(-30, 30)) };
    }

    private Tensor Bias(Random random, int count)
    {
        DataType type = data == DataType.Int16 ? DataType.Int64 : DataType.Int32;
        return new Tensor("bias", type, [count]) { Data = IntegerConstant.Bytes(type, [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(-9999, 9999))]) };
    }

    /// <summary>Weights of the case's form.</summary>
    private Tensor Weights(Random random, WeightForm stored, params int[] shape)
    {
        int rows = shape[0];
        sbyte[] all = [.. Enumerable.Range(form == WeightForm.Int4 ? -8 : -127, form == WeightForm.Int4 ? 16 : 255).Select(value => (sbyte)value)];
        SharedWeights? shared = null;
        if (form == WeightForm.Shared)
        {
            int entries = random.Next(1, 20);
            int codebooks = kind == EncodedKind.TransposedConvolution && random.Next(2) == 0 ? rows : 1;
            shared = new SharedWeights([.. Enumerable.Range(0, codebooks).Select(_ => random.GetItems(all, entries).Distinct().Order().ToArray())], 0);
        }

        sbyte[] values = new sbyte[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
        {
            sbyte[] choice = shared is null ? all : shared.Codebooks[shared.IsPerChannel ? i / (values.Length / rows) : 0];
            values[i] = choice[random.Next(choice.Length)];
        }

        return new Tensor("weights", stored == WeightForm.Int4 ? DataType.Int4 : DataType.Int8, shape)
        {
            Data = stored == WeightForm.Int4 ? Int4Elements.Pack(values) : (byte[])(object)values,
            Shared = stored == WeightForm.Shared ? shared : null,
            Quantization = Quantization.PerTensor(form == WeightForm.Int4 ? 0.1f : 0.01f, 0),
        };
    }
}
