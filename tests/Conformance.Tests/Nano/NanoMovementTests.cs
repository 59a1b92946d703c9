using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>Operators that move elements, in forms that no reference model has: both runtimes give the same bytes.</summary>
public sealed class NanoMovementTests
{
    private static readonly int[] s_shape = [3, 4, 5];

    [Theory]
    [InlineData("Int8")]
    [InlineData("Int16")]
    [InlineData("Int32")]
    public void Places_that_are_computed(string typeName)
    {
        DataType type = Enum.Parse<DataType>(typeName);
        Tensor data = new("data", type, s_shape);
        AssertSame(new Gather(1, 0), type, [3, 2, 2, 5], data, Indices(2, 2));
        AssertSame(new GatherNd(), type, [2, 5], data, Indices(2, 2));
        AssertSame(new Slice(), type, [2, 2, 3], data, Indices(3), null);
        AssertSame(new DynamicUpdateSlice(), type, s_shape, data, new Tensor("update", type, [2, 1, 4]), Indices(3));
    }

    [Theory]
    [InlineData("Int8")]
    [InlineData("Int16")]
    [InlineData("Int32")]
    public void Strided_copies_of_each_width(string typeName)
    {
        DataType type = Enum.Parse<DataType>(typeName);
        Tensor data = new("data", type, s_shape);
        AssertSame(new Transpose(), type, [5, 3, 4], data, Constant([3], 2, 0, 1));
        AssertSame(new Reverse(), type, s_shape, data, Constant([2], 0, 2));
        AssertSame(new Pad(), type, [4, 6, 8], data, Constant([3, 2], 1, 0, 0, 2, 2, 1), new Tensor("value", type, []));
        AssertSame(new MirrorPad(MirrorMode.Reflect), type, [5, 6, 9], data, Constant([3, 2], 1, 1, 0, 2, 4, 0));
        AssertSame(new Tile(), type, [3, 8, 15], data, Constant([3], 1, 2, 3));
        AssertSame(new Fill(), type, [7], Constant([1], 7), new Tensor("value", type, []));
    }

    private static Tensor Indices(params int[] shape)
    {
        return new Tensor("indices", DataType.Int32, shape);
    }

    private static Tensor Constant(int[] shape, params int[] values)
    {
        return new Tensor("constant", DataType.Int32, shape) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    private static void AssertSame(Operation operation, DataType type, int[] shape, params Tensor?[] inputs)
    {
        NetworkGraph graph = new("one node");
        graph.Inputs.AddRange(inputs.OfType<Tensor>().Where(input => !input.IsConstant));
        graph.Outputs.Add(new Tensor("output", type, shape));
        graph.Nodes.Add(new Node(operation, inputs, [graph.Outputs[0]]));
        LoweredNetwork lowered = Lowering.Run(graph);
        ArenaPlanner.Run(lowered);
        byte[] file = ModelWriter.Write(lowered, selfTest: null, modelCard: null);
        Network network = Network.Load(file);
        NanoNetwork nano = NanoNetwork.Load(file);
        Random random = new(1);
        for (int i = 0; i < network.InputCount; i++)
        {
            sbyte[] elements = new sbyte[network.Input(i).Length];
            random.NextBytes(MemoryMarshal.AsBytes(elements.AsSpan()));
            if (lowered.Inputs[i].Source!.Name == "indices")
            {
                // Small numbers, a few of them outside.
                Span<int> indices = MemoryMarshal.Cast<sbyte, int>(elements.AsSpan());
                for (int k = 0; k < indices.Length; k++)
                {
                    indices[k] = random.Next(-2, 7);
                }
            }

            elements.CopyTo(network.Input(i));
            nano.SetInput(i, elements);
        }

        network.Invoke();
        nano.Invoke();
        sbyte[] results = new sbyte[network.Output().Length];
        nano.GetOutput(0, results);
        Assert.Equal(network.Output().ToArray(), results);
    }
}
