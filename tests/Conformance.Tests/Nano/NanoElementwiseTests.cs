using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>Element-wise and row operators that no reference model has: both runtimes give the same bytes.</summary>
public sealed class NanoElementwiseTests
{
    private const int Rows = 3;
    private const int Columns = 131;

    private static readonly Quantization s_fine = Quantization.PerTensor(1f / 4096, 0);
    private static readonly Quantization s_unit = Quantization.PerTensor(1f / 32768, 0);
    private static readonly Quantization s_coarse = Quantization.PerTensor(0.03f, 4);

    [Fact]
    public void Softmax()
    {
        AssertSame(new Softmax(1), DataType.Int16, s_fine, DataType.Int16, s_unit);
        AssertSame(new Softmax(0.5f), DataType.Int8, s_coarse, DataType.Int16, Quantization.PerTensor(1f / 65536, short.MinValue));
        AssertSame(new LogSoftmax(), DataType.Int8, s_coarse, DataType.Int8, Quantization.PerTensor(1f / 16, 127));
    }

    [Fact]
    public void Functions_of_16_bits()
    {
        AssertSame(new LeakyRelu(-0.3f), DataType.Int16, s_fine, DataType.Int16, s_unit);
        AssertSame(new Unary(UnaryFunction.Relu6), DataType.Int16, s_fine, DataType.Int16, s_fine);
        AssertSame(new Unary(UnaryFunction.Absolute), DataType.Int16, s_fine, DataType.Int16, s_unit);
        AssertSame(new Unary(UnaryFunction.Logistic), DataType.Int16, Quantization.PerTensor(0.0003f, 0), DataType.Int16, s_unit);
        AssertSame(new Unary(UnaryFunction.Elu), DataType.Int16, s_fine, DataType.Int16, s_fine);
    }

    [Fact]
    public void Casts_and_requantization()
    {
        DataType[] types = [DataType.Int8, DataType.UInt8, DataType.Int16, DataType.Int32, DataType.Bool];
        foreach (DataType from in types)
        {
            foreach (DataType to in types)
            {
                AssertSame(new Cast(), from, null, to, null);
                if (from != DataType.Bool && to != DataType.Bool)
                {
                    AssertSame(new Quantize(), from, s_fine, to, s_coarse);
                }
            }
        }
    }

    private static void AssertSame(Operation operation, DataType from, Quantization? input, DataType to, Quantization? output)
    {
        Tensor source = new("input", from, [Rows, Columns]) { Quantization = input };
        Tensor target = new("output", to, [Rows, Columns]) { Quantization = output };
        NetworkGraph graph = new("one node");
        graph.Inputs.Add(source);
        graph.Outputs.Add(target);
        graph.Nodes.Add(new Node(operation, [source], [target]));
        LoweredNetwork lowered = Lowering.Run(graph);
        ArenaPlanner.Run(lowered);
        byte[] file = ModelWriter.Write(lowered, selfTest: null, modelCard: null);
        Network network = Network.Load(file);
        NanoNetwork nano = NanoNetwork.Load(file);
        byte[] values = new byte[network.Input().Length];
        new Random(1).NextBytes(values);
        sbyte[] elements = Array.ConvertAll(values, value => unchecked((sbyte)value));
        elements.CopyTo(network.Input());
        nano.SetInput(0, elements);
        network.Invoke();
        nano.Invoke();
        sbyte[] results = new sbyte[network.Output().Length];
        nano.GetOutput(0, results);
        Assert.Equal(network.Output().ToArray(), results);
    }
}
