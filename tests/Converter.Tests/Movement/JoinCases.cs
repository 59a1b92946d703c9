using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>Random nodes that put tensors together.</summary>
internal static class JoinCases
{
    /// <summary>A concatenation.</summary>
    /// <param name="random">Random numbers.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="inputs">Tensors that differ at most in the size of this axis.</param>
    public static MovementCase Concatenate(Random random, int axis, Tensor[] inputs)
    {
        int[] shape = (int[])inputs[0].Shape.Clone();
        shape[axis] = inputs.Sum(input => input.Shape[axis]);
        Tensor output = new("joined", inputs[0].Type, shape) { Quantization = inputs[0].Quantization };
        return new MovementCase(new Node(new Concatenation(MovementCases.MaybeNegative(random, axis, shape.Length)), inputs, [output]), (_, index) =>
        {
            int[] from = (int[])index.Clone();
            int input = 0;
            while (from[axis] >= inputs[input].Shape[axis])
            {
                from[axis] -= inputs[input++].Shape[axis];
            }

            return new Origin(input, from);
        });
    }

    /// <summary>Tensors of one shape along a new axis.</summary>
    public static MovementCase Stack(Random random, int axis, Tensor[] inputs)
    {
        int[] shape = [.. inputs[0].Shape[..axis], inputs.Length, .. inputs[0].Shape[axis..]];
        Tensor output = new("stacked", inputs[0].Type, shape) { Quantization = inputs[0].Quantization };
        return new MovementCase(
            new Node(new Stack(MovementCases.MaybeNegative(random, axis, shape.Length)), inputs, [output]),
            (_, index) => new Origin(index[axis], [.. index[..axis], .. index[(axis + 1)..]]));
    }
}
