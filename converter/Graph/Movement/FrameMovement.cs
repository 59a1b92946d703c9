namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>A tensor in the middle of a larger one, and the frame around it.</summary>
/// <param name="Input">What stands in the middle.</param>
/// <param name="Output">The larger tensor, of the same rank.</param>
/// <param name="Before">For each axis, how much of the frame stands before the input.</param>
/// <param name="After">For each axis, how much stands behind it.</param>
internal sealed record FrameMovement(Tensor Input, Tensor Output, int[] Before, int[] After)
{
    /// <summary>Reads the frame of a node: input 0 in output 0, the paddings [rank, 2] in input 1.</summary>
    /// <param name="node">The node.</param>
    /// <param name="problem">Why there is no frame.</param>
    public static FrameMovement? Of(Node node, out MovementResult problem)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        problem = MovementResult.Misfit();
        if (ConstantReader.ConstantInts(node.OptionalInput(1)) is not int[] paddings)
        {
            problem = MovementResult.NotConstant("paddings");
            return null;
        }

        if (output.Rank != input.Rank || paddings.Length != 2 * input.Rank || Array.Exists(paddings, padding => padding < 0))
        {
            return null;
        }

        int[] before = [.. paddings.Where((_, i) => i % 2 == 0)];
        int[] after = [.. paddings.Where((_, i) => i % 2 == 1)];
        bool fits = Enumerable.Range(0, input.Rank).All(axis => (long)input.Shape[axis] + before[axis] + after[axis] == output.Shape[axis]);
        return fits ? new FrameMovement(input, output, before, after) : null;
    }

    /// <summary>The input in the middle.</summary>
    public MovementRegion? Middle()
    {
        return MovementRegion.Box(Input, Input.Shape, new int[Input.Rank], Output.Shape, Before, Input.Shape);
    }

    /// <summary>
    /// The frame in pieces, innermost axis first: what stands before and behind along one axis, over the whole of the inner axes and only
    /// the middle of the outer ones.
    /// </summary>
    public IEnumerable<FramePiece> Pieces()
    {
        long[] strides = RowMajor.Strides(Output.Shape);
        for (int axis = Input.Rank - 1; axis >= 0; axis--)
        {
            long first = 0;
            List<(int Size, long Stride)> others = [];
            for (int outer = 0; outer < axis; outer++)
            {
                first += Before[outer] * strides[outer];
                others.Add((Input.Shape[outer], strides[outer]));
            }

            others.Add(((int)strides[axis], 1));
            if (Before[axis] > 0)
            {
                yield return new FramePiece(axis, IsBefore: true, Before[axis], first, strides[axis], others);
            }

            if (After[axis] > 0)
            {
                yield return new FramePiece(axis, IsBefore: false, After[axis], first + ((Before[axis] + Input.Shape[axis]) * strides[axis]), strides[axis], others);
            }
        }
    }
}
