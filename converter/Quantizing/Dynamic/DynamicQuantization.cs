using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Quantizing.Dynamic;

/// <summary>Writes into a graph what finds scales while the network runs, and what goes between such values and others.</summary>
internal static class DynamicQuantization
{
    /// <summary>The tensors of a new value.</summary>
    /// <param name="like">A tensor that holds the same numbers in another form: its name and shape are taken.</param>
    public static DynamicTensor NewTensor(Tensor like)
    {
        return new DynamicTensor(
            new Tensor(like.Name, DataType.Int8, like.Shape), new Tensor(like.Name + "_scale", DataType.Int32, [DynamicScale.Elements]));
    }

    /// <summary>Lets a product find the scale of its results: the node becomes a <see cref="DynamicProduct"/>.</summary>
    /// <param name="node">
    /// A convolution, fully connected operator or matrix product (<see cref="DynamicProduct.Knows"/>) of int8 data and of weights that are
    /// quantized to int8 or int4; its bias is of real numbers.
    /// </param>
    /// <param name="symmetric">True for results with a zero point of 0.</param>
    /// <param name="inputs">Where an input's scale is found at run time too, what takes its place; null where its own quantization holds.</param>
    /// <param name="results">What the node writes from now on.</param>
    public static void Apply(Node node, bool symmetric, DynamicTensor?[] inputs, DynamicTensor results)
    {
        DynamicProduct operation = new(node.Operation, symmetric);
        Tensor?[] operands = new Tensor?[operation.FirstScale + operation.Scales];
        node.Inputs.CopyTo(operands, 0);
        for (int i = 0; i < inputs.Length; i++)
        {
            operands[i] = inputs[i]?.Data ?? operands[i];
            operands[operation.FirstScale + i] = inputs[i]?.Scale;
        }

        node.Operation = operation;
        node.Inputs = operands;
        node.Outputs = [results.Data, results.Scale];
    }

    /// <summary>A node that brings a value to a fixed scale.</summary>
    /// <param name="value">The value.</param>
    /// <param name="target">An int8 or int16 tensor with one scale.</param>
    public static Node Settle(DynamicTensor value, Tensor target)
    {
        return new Node(new Settle(), [value.Data, value.Scale], [target]);
    }

    /// <summary>A node that makes a value of real numbers; the host executes it.</summary>
    public static Node Quantize(Tensor real, DynamicTensor value)
    {
        return new Node(new DynamicQuantize(), [real], [value.Data, value.Scale]);
    }

    /// <summary>A node that makes real numbers of a value; the host executes it.</summary>
    public static Node Dequantize(DynamicTensor value, Tensor real)
    {
        return new Node(new DynamicDequantize(), [value.Data, value.Scale], [real]);
    }
}
