using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Records of element-wise and row operators that no converter writes: each is refused, or runs within its buffers.</summary>
public sealed class HostileElementwiseTests
{
    private static readonly int[] s_hostile = [int.MinValue, int.MinValue + 1, -32, -31, -1, 0, 1, 2, 3, 6, 7, 12, 30, 31, 32, 255, 256, 65536, int.MaxValue];

    public static TheoryData<int> Kinds =>
        [(int)OperatorKind.PiecewiseLinear, (int)OperatorKind.LogisticInt16, (int)OperatorKind.TanhInt16, (int)OperatorKind.Softmax, (int)OperatorKind.SoftmaxInt16, (int)OperatorKind.LogSoftmax, (int)OperatorKind.L2Normalization];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_attribute_may_have_any_value(int kind)
    {
        LoweredOperator op = Lower((OperatorKind)kind).Operators.Single();
        int refused = 0;
        for (int i = 0; i < op.Attributes.Count; i++)
        {
            foreach (int value in s_hostile)
            {
                int[] attributes = [.. op.Attributes];
                attributes[i] = value;
                refused += Try(Lower((OperatorKind)kind), op => op with { Attributes = attributes }) ? 0 : 1;
            }
        }

        Assert.True(refused > 0);
        Assert.False(Try(Lower((OperatorKind)kind), op => op with { Attributes = [.. op.Attributes, 0] }));
        Assert.False(Try(Lower((OperatorKind)kind), op => op with { Attributes = [.. op.Attributes.Skip(1)] }));
    }

    [Theory]
    [InlineData((int)OperatorKind.Softmax)]
    [InlineData((int)OperatorKind.LogSoftmax)]
    public void Every_exponential_may_have_any_value(int kind)
    {
        foreach (int value in s_hostile)
        {
            foreach (int length in new[] { 1, 3, 256 })
            {
                LoweredTensor table = Constant(ElementType.Int32, [length], [.. Enumerable.Repeat(BitConverter.GetBytes(value), length).SelectMany(bytes => bytes)]);
                Assert.True(Try(Lower((OperatorKind)kind), op => op with { Inputs = [op.Inputs[0], table] }));
            }
        }

        Assert.False(Try(Lower((OperatorKind)kind), op => op with { Inputs = [op.Inputs[0], Constant(ElementType.Int32, [257], new byte[1028])] }));
        Assert.False(Try(Lower((OperatorKind)kind), op => op with { Inputs = [op.Inputs[0], Constant(ElementType.Int16, [8], new byte[16])] }));
    }

    [Fact]
    public void Every_entry_of_16_bit_tables_may_have_any_value()
    {
        foreach (byte fill in new byte[] { 0x00, 0x7F, 0x80, 0xFF })
        {
            LoweredTensor table = Constant(ElementType.Int16, [513], [.. Enumerable.Repeat(fill, 1026)]);
            Assert.True(Try(Lower(OperatorKind.SoftmaxInt16), op => op with { Inputs = [op.Inputs[0], table, table] }));
            Assert.True(Try(Lower(OperatorKind.InterpolatedLookUpTable), op => op with { Inputs = [op.Inputs[0], table] }));
        }

        LoweredTensor shorter = Constant(ElementType.Int16, [512], new byte[1024]);
        Assert.False(Try(Lower(OperatorKind.SoftmaxInt16), op => op with { Inputs = [op.Inputs[0], op.Inputs[1], shorter] }));
        Assert.False(Try(Lower(OperatorKind.InterpolatedLookUpTable), op => op with { Inputs = [op.Inputs[0], shorter] }));
    }

    private static LoweredTensor Constant(ElementType type, int[] shape, byte[] data)
    {
        return new LoweredTensor { Type = type, Shape = shape, Storage = TensorStorage.Constant, Data = data };
    }

    /// <summary>A network of one operator of the kind, over [2, 6] elements.</summary>
    private static LoweredNetwork Lower(OperatorKind kind)
    {
        Quantization wide = Quantization.PerTensor(1f / 32768, 0);
        return kind switch
        {
            OperatorKind.PiecewiseLinear => Lower(new LeakyRelu(0.1f), DataType.Int16, wide, wide),
            OperatorKind.LogisticInt16 => Lower(new Unary(UnaryFunction.Logistic), DataType.Int16, wide, wide),
            OperatorKind.TanhInt16 => Lower(new Unary(UnaryFunction.Tanh), DataType.Int16, wide, wide),
            OperatorKind.InterpolatedLookUpTable => Lower(new Unary(UnaryFunction.Elu), DataType.Int16, wide, wide),
            OperatorKind.SoftmaxInt16 => Lower(new Softmax(1), DataType.Int16, wide, wide),
            OperatorKind.Softmax => Lower(new Softmax(1), DataType.Int8, wide, Quantization.PerTensor(1f / 256, -128)),
            OperatorKind.LogSoftmax => Lower(new LogSoftmax(), DataType.Int8, wide, Quantization.PerTensor(1f / 16, 127)),
            _ => Lower(new L2Normalization(), DataType.Int8, wide, wide),
        };
    }

    private static LoweredNetwork Lower(Operation operation, DataType type, Quantization from, Quantization to)
    {
        return SingleNode.Lower(operation, [SingleNode.Input(type, [2, 6], from)], SingleNode.Input(type, [2, 6], to));
    }

    /// <summary>Packs the network with its operator changed, loads it and runs it over hostile inputs.</summary>
    /// <returns>False if loading refused it.</returns>
    private static bool Try(LoweredNetwork network, Func<LoweredOperator, LoweredOperator> change)
    {
        network.Operators[0] = change(network.Operators[0]);
        ArenaPlanner.Run(network);
        byte[] file = ModelWriter.Write(network, selfTest: null, modelCard: null);
        Network loaded;
        try
        {
            loaded = Network.Load(file);
        }
        catch (ModelFormatException)
        {
            return false;
        }

        foreach (sbyte fill in new sbyte[] { 0, 127, -128, -1 })
        {
            loaded.Input().Fill(fill);
            loaded.Invoke();
            new Random(fill).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(loaded.Input()));
            loaded.Invoke();
        }

        return true;
    }
}
