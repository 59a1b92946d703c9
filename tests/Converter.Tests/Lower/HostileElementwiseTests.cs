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
    private const int FewColumns = 6;

    /// <summary>So many that softmax keeps a table of its exponentials.</summary>
    private const int ManyColumns = 200;

    private static readonly OperatorKind[] s_kinds =
    [
        OperatorKind.PiecewiseLinear, OperatorKind.LogisticInt16, OperatorKind.TanhInt16, OperatorKind.Softmax, OperatorKind.SoftmaxInt16,
        OperatorKind.LogSoftmax, OperatorKind.L2Normalization,
    ];

    private static readonly int[] s_hostile = [int.MinValue, int.MinValue + 1, -32, -31, -1, 0, 1, 2, 3, 6, 7, 12, 30, 31, 32, 255, 256, 65536, int.MaxValue];

    public static TheoryData<int, int> KindsAndColumns
    {
        get
        {
            TheoryData<int, int> data = [];
            foreach (OperatorKind kind in s_kinds)
            {
                data.Add((int)kind, FewColumns);
                data.Add((int)kind, ManyColumns);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndColumns))]
    public void Every_attribute_may_have_any_value(int kind, int columns)
    {
        LoweredOperator op = Lower((OperatorKind)kind, columns).Operators.Single();
        int refused = 0;
        for (int i = 0; i < op.Attributes.Count; i++)
        {
            foreach (int value in s_hostile)
            {
                int[] attributes = [.. op.Attributes];
                attributes[i] = value;
                refused += Try(Lower((OperatorKind)kind, columns), op => op with { Attributes = attributes }) ? 0 : 1;
            }
        }

        Assert.True(refused > 0);
        Assert.False(Try(Lower((OperatorKind)kind, columns), op => op with { Attributes = [.. op.Attributes, 0] }));
        Assert.False(Try(Lower((OperatorKind)kind, columns), op => op with { Attributes = [.. op.Attributes.Skip(1)] }));
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

    /// <summary>A network of one operator of the kind, over two rows.</summary>
    private static LoweredNetwork Lower(OperatorKind kind, int columns = FewColumns)
    {
        Quantization wide = Quantization.PerTensor(1f / 32768, 0);
        return kind switch
        {
            OperatorKind.PiecewiseLinear => Lower(columns, new LeakyRelu(0.1f), DataType.Int16, wide, wide),
            OperatorKind.LogisticInt16 => Lower(columns, new Unary(UnaryFunction.Logistic), DataType.Int16, wide, wide),
            OperatorKind.TanhInt16 => Lower(columns, new Unary(UnaryFunction.Tanh), DataType.Int16, wide, wide),
            OperatorKind.InterpolatedLookUpTable => Lower(columns, new Unary(UnaryFunction.Elu), DataType.Int16, wide, wide),
            OperatorKind.SoftmaxInt16 => Lower(columns, new Softmax(1), DataType.Int16, wide, wide),
            OperatorKind.Softmax => Lower(columns, new Softmax(1), DataType.Int8, wide, Quantization.PerTensor(1f / 256, -128)),
            OperatorKind.LogSoftmax => Lower(columns, new LogSoftmax(), DataType.Int8, wide, Quantization.PerTensor(1f / 16, 127)),
            _ => Lower(columns, new L2Normalization(), DataType.Int8, wide, wide),
        };
    }

    private static LoweredNetwork Lower(int columns, Operation operation, DataType type, Quantization from, Quantization to)
    {
        return SingleNode.Lower(operation, [SingleNode.Input(type, [2, columns], from)], SingleNode.Input(type, [2, columns], to));
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
