using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>Constants with their axes in another order.</summary>
internal static class TransposedConstant
{
    /// <summary>Null if the elements are no whole bytes.</summary>
    /// <param name="constant">The constant.</param>
    /// <param name="shape">Its shape, perhaps with axes of one element more than it has.</param>
    /// <param name="order">Axis i of the result is axis order[i] of the shape.</param>
    public static Tensor? Of(Tensor constant, int[] shape, int[] order)
    {
        Tensor shaped = new(constant.Name, constant.Type, shape) { Data = constant.Data, Quantization = Shifted(constant.Quantization, shape.Length - constant.Rank) };
        Tensor made = new(constant.Name, constant.Type, Permutation.Apply(order, shape)) { Quantization = Moved(shaped.Quantization, order) };
        if (ConstantEvaluation.Outputs(new Node(new Transpose(), [shaped, LayoutRewriter.Integers(made, order)], [made])) is not [byte[] bytes])
        {
            return null;
        }

        made.Data = bytes;
        made.Integers = constant.Integers is Tensor integers ? Of(integers, shape, order) : null;
        return made;
    }

    private static Quantization? Shifted(Quantization? quantization, int axes)
    {
        return quantization is { IsPerChannel: true } ? quantization with { Axis = quantization.Axis + axes } : quantization;
    }

    private static Quantization? Moved(Quantization? quantization, int[] order)
    {
        return quantization is { IsPerChannel: true } ? quantization with { Axis = Array.IndexOf(order, quantization.Axis) } : quantization;
    }
}
