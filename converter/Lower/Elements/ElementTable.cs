using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>
/// Functions from 8 bits to 8 bits as tables of 256 bytes. Entry i is the result for the byte i - 128, whatever type the bytes have.
/// </summary>
internal static class ElementTable
{
    private const int Entries = 256;

    /// <summary>
    /// The table of a node that maps each element of input 0, 8 bits wide, to one of output 0, 8 bits wide; null if the node's operation is none
    /// of this kind. The node has passed <see cref="ElementwiseCheck"/>.
    /// </summary>
    public static sbyte[]? Of(Node node)
    {
        if (!IsByte(node.Input(0).Type) || !IsByte(node.Output().Type))
        {
            return null;
        }

        if (node.Operation is Cast)
        {
            return OfCast(node);
        }

        if (PiecewiseLinearFunction.Of(node) is PiecewiseLinearFunction linear)
        {
            return Make(node, linear.Apply);
        }

        Quantization? from = node.Input(0).Quantization;
        Quantization? to = node.Output().Quantization;
        if (RealFunctions.Of(node.Operation) is not Func<float, float> function || from is null || to is null)
        {
            return null;
        }

        return node.Operation switch
        {
            Unary { Function: UnaryFunction.Logistic } => Make(node, SigmoidFunctions.Logistic(from)),
            Unary { Function: UnaryFunction.Tanh } => Make(node, SigmoidFunctions.Tanh(from)),
            Unary { Function: UnaryFunction.HardSwish } => Make(node, HardSwishFunction.Of(from, to)),
            Unary { Function: UnaryFunction.ReciprocalSquareRoot } => Make(node, ReciprocalSquareRootFunction.Of(from, to)),
            _ => Make(node, RealFunctions.Quantized(function, from, to)),
        };
    }

    /// <summary>True if the table gives every byte back.</summary>
    public static bool IsIdentity(sbyte[] table)
    {
        return table.Select((result, i) => result == i - 128).All(same => same);
    }

    /// <summary>The table of one function after another.</summary>
    public static sbyte[] Chain(sbyte[] first, sbyte[] second)
    {
        return Array.ConvertAll(first, result => second[result + 128]);
    }

    private static bool IsByte(DataType type)
    {
        return type is DataType.Int8 or DataType.UInt8 or DataType.Bool;
    }

    private static sbyte[] OfCast(Node node)
    {
        bool toBool = node.Output().Type == DataType.Bool && node.Input(0).Type != DataType.Bool;
        return Make(node, element => toBool && element != 0 ? 1 : element);
    }

    private static sbyte[] Make(Node node, Func<int, int> function)
    {
        bool signed = node.Input(0).Type == DataType.Int8;
        sbyte[] table = new sbyte[Entries];
        for (int i = 0; i < Entries; i++)
        {
            sbyte element = (sbyte)(i - 128);
            table[i] = unchecked((sbyte)function(signed ? element : (byte)element));
        }

        return table;
    }
}
