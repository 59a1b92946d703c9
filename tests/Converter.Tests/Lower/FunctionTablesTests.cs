using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Operators that are functions of one byte become tables, and give the same bytes.</summary>
public sealed class FunctionTablesTests
{
    private const int Elements = 300;

    private static readonly Quantization s_in = Quantization.PerTensor(0.05f, -3);
    private static readonly Quantization s_out = Quantization.PerTensor(0.08f, 5);

    [Fact]
    public void A_function_with_a_single_constant()
    {
        foreach (ArithmeticFunction function in Enum.GetValues<ArithmeticFunction>())
        {
            foreach (bool first in new[] { true, false })
            {
                SameAsOperators(1, (graph, x) =>
                {
                    sbyte[] value = [40];
                    Tensor constant = SingleNode.Constant(DataType.Int8, [1, 1], value, s_in);
                    return Append(graph, new Arithmetic(function, Activation.None), first ? [constant, x] : [x, constant]);
                });
            }
        }
    }

    [Fact]
    public void A_tensor_with_itself_and_with_functions_of_itself()
    {
        SameAsOperators(1, (graph, x) => Append(graph, new Arithmetic(ArithmeticFunction.Multiply, Activation.None), [x, x]));
        SameAsOperators(1, (graph, x) =>
        {
            Tensor gate = Append(graph, new Unary(UnaryFunction.Logistic), [x], Quantization.PerTensor(1 / 256f, -128));
            return Append(graph, new Arithmetic(ArithmeticFunction.Multiply, Activation.None), [x, gate]);
        });
        SameAsOperators(1, (graph, x) =>
        {
            Tensor left = Append(graph, new Unary(UnaryFunction.Relu), [x]);
            Tensor right = Append(graph, new Unary(UnaryFunction.Tanh), [left], Quantization.PerTensor(1 / 128f, 0));
            return Append(graph, new Arithmetic(ArithmeticFunction.Subtract, Activation.None), [left, right]);
        });
    }

    [Fact]
    public void What_others_read_stays()
    {
        LoweredNetwork network = Lower(out _, (graph, x) =>
        {
            Tensor gate = Append(graph, new Unary(UnaryFunction.Logistic), [x], Quantization.PerTensor(1 / 256f, -128));
            graph.Outputs.Add(gate);
            return Append(graph, new Arithmetic(ArithmeticFunction.Multiply, Activation.None), [x, gate]);
        });

        Assert.Equal([OperatorKind.LookUpTable, OperatorKind.LookUpTable], network.Operators.Select(op => op.Kind));
    }

    [Fact]
    public void Two_independent_tensors_and_short_ones_stay_operators()
    {
        LoweredNetwork two = Lower(out _, (graph, x) =>
        {
            Tensor other = SingleNode.Input(DataType.Int8, [Elements], s_in);
            graph.Inputs.Add(other);
            return Append(graph, new Arithmetic(ArithmeticFunction.Add, Activation.None), [x, other]);
        });
        Tensor scalar = SingleNode.Constant(DataType.Int8, [], new sbyte[1], s_in);
        LoweredNetwork small = SingleNode.Lower(
            new Arithmetic(ArithmeticFunction.Add, Activation.None), [SingleNode.Input(DataType.Int8, [8], s_in), scalar], SingleNode.Input(DataType.Int8, [8], s_out));

        Assert.Equal(OperatorKind.Add, Assert.Single(two.Operators).Kind);
        Assert.Equal(OperatorKind.Add, Assert.Single(small.Operators).Kind);
    }

    private static void SameAsOperators(int operators, Func<NetworkGraph, Tensor, Tensor> build)
    {
        LoweredNetwork network = Lower(out NetworkGraph graph, build);
        Assert.Equal(Enumerable.Repeat(OperatorKind.LookUpTable, operators), network.Operators.Select(op => op.Kind));
        ArenaPlanner.Run(network);
        Network runtime = Network.Load(ModelWriter.Write(network, selfTest: null, modelCard: null));
        sbyte[] values = [.. Enumerable.Range(0, Elements).Select(i => (sbyte)(i * 7))];
        values.CopyTo(runtime.Input());
        runtime.Invoke();

        Assert.Equal(OneByOne(graph, values), runtime.Output().ToArray());
    }

    /// <summary>Runs each node alone on few elements at once, which stay operators.</summary>
    private static sbyte[] OneByOne(NetworkGraph graph, sbyte[] values)
    {
        List<sbyte> results = [];
        foreach (sbyte value in values)
        {
            Dictionary<Tensor, sbyte> known = new() { [graph.Inputs[0]] = value };
            foreach (Node node in graph.Nodes)
            {
                Tensor One(Tensor tensor) => tensor.IsConstant ? tensor : new Tensor(tensor.Name, tensor.Type, [1]) { Quantization = tensor.Quantization };
                Tensor[] inputs = [.. node.Inputs.Select(input => One(input!))];
                Array[] given = [.. node.Inputs.Where(input => !input!.IsConstant).Select(input => new[] { known[input!] })];
                known[node.Output()] = SingleNode.Run<sbyte>(node.Operation, inputs, One(node.Output()), given)[0];
            }

            results.Add(known[graph.Outputs[0]]);
        }

        return [.. results];
    }

    private static LoweredNetwork Lower(out NetworkGraph graph, Func<NetworkGraph, Tensor, Tensor> build)
    {
        graph = new NetworkGraph("functions");
        Tensor x = SingleNode.Input(DataType.Int8, [Elements], s_in);
        graph.Inputs.Add(x);
        Tensor output = build(graph, x);
        graph.Outputs.Insert(0, output);
        return Lowering.Run(graph);
    }

    private static Tensor Append(NetworkGraph graph, Operation operation, Tensor[] inputs, Quantization? quantization = null)
    {
        Tensor output = SingleNode.Input(DataType.Int8, [Elements], quantization ?? s_out);
        graph.Nodes.Add(new Node(operation, inputs, [output]));
        return output;
    }
}
