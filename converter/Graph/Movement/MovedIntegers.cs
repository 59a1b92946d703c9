using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;

namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>Where a constant of real numbers that stands for quantized integers is moved, the integers are moved with it.</summary>
internal static class MovedIntegers
{
    /// <summary>Gives the constant output of a node that only moves one constant the moved integers of that constant.</summary>
    public static void Follow(Node node)
    {
        if (node.Operation is not (Transpose or Reshape) || node.Input(0).Integers is not Tensor integers || integers.Type.Bytes() == 0 || QuantizationOf(node, integers) is not Quantization quantization)
        {
            return;
        }

        Tensor moved = new(integers.Name, integers.Type, node.Output().Shape) { Quantization = quantization, SourceIndex = integers.SourceIndex };
        if (ConstantEvaluation.Outputs(new Node(node.Operation, [integers, .. node.Inputs.Skip(1)], [moved])) is [byte[] bytes])
        {
            moved.Data = bytes;
            node.Output().Integers = moved;
        }
    }

    /// <summary>The quantization with the axis where it is now; null if its slices no longer lie along one axis.</summary>
    private static Quantization? QuantizationOf(Node node, Tensor integers)
    {
        Quantization given = integers.Quantization!;
        if (!given.IsPerChannel)
        {
            return given;
        }

        int axis = node.Operation is Transpose
            ? Array.IndexOf(Array.ConvertAll(ConstantReader.ConstantInts(node.Input(1))!, index => AxisIndex.FromFront(index, integers.Rank)), given.Axis)
            : SameAxis(integers.Shape, node.Output().Shape, given.Axis);
        return axis < 0 ? null : given with { Axis = axis };
    }

    /// <summary>The axis of the new shape that has the same size and as many elements before it as the axis of the old one; -1 for none.</summary>
    private static int SameAxis(int[] from, int[] to, int axis)
    {
        int before = from[..axis].Aggregate(1, (product, size) => product * size);
        return Enumerable.Range(0, to.Length).FirstOrDefault(i => to[i] == from[axis] && to[..i].Aggregate(1, (product, size) => product * size) == before, -1);
    }
}
