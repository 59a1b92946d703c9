namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>
/// Space to batch, and its inverse. The space tensor is [batch, s0, s1, ..., rest], framed by padding; the batch tensor is
/// [b0 x b1 x ... x batch, t0, t1, ..., rest], where position t of block index b is position t x block + b - padding in space.
/// </summary>
/// <param name="Space">Shape of the tensor in space.</param>
/// <param name="Batch">Shape of the tensor in the batch.</param>
/// <param name="Block">The block's size on each spatial axis.</param>
/// <param name="PaddingBefore">Positions before the first one of the space tensor, for each spatial axis.</param>
internal sealed record BlockMovement(int[] Space, int[] Batch, int[] Block, int[] PaddingBefore)
{
    /// <summary>Reads block shape (input 1) and paddings or crops (input 2) of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="space">The tensor in space.</param>
    /// <param name="batch">The tensor in the batch.</param>
    /// <param name="problem">Why there is no such movement.</param>
    public static BlockMovement? Of(Node node, Tensor space, Tensor batch, out MovementResult problem)
    {
        problem = MovementResult.Misfit();
        if (ConstantReader.ConstantInts(node.OptionalInput(1)) is not int[] block || ConstantReader.ConstantInts(node.OptionalInput(2)) is not int[] paddings)
        {
            problem = MovementResult.NotConstant("block shape and paddings");
            return null;
        }

        int spatial = block.Length;
        if (space.Rank != batch.Rank
            || space.Rank < spatial + 1
            || paddings.Length < 2 * spatial
            || Array.Exists(block, size => size < 1)
            || Array.Exists(paddings, padding => padding < 0)
            || block.Aggregate((long)space.Shape[0], (product, size) => product * size) != batch.Shape[0]
            || !space.Shape.AsSpan(spatial + 1).SequenceEqual(batch.Shape.AsSpan(spatial + 1)))
        {
            return null;
        }

        for (int axis = 0; axis < spatial; axis++)
        {
            long padded = (long)space.Shape[axis + 1] + paddings[2 * axis] + paddings[(2 * axis) + 1];
            if (padded != (long)batch.Shape[axis + 1] * block[axis])
            {
                return null;
            }
        }

        return new BlockMovement(space.Shape, batch.Shape, block, [.. Enumerable.Range(0, spatial).Select(axis => paddings[2 * axis])]);
    }

    /// <summary>The regions, the space tensor as source.</summary>
    public IReadOnlyList<MovementRegion> FromSpace(Tensor space)
    {
        return [.. Pieces().Select(piece => new MovementRegion(space, piece.SpaceOffset, piece.BatchOffset, piece.Axes))];
    }

    /// <summary>The regions, the batch tensor as source.</summary>
    public IReadOnlyList<MovementRegion> FromBatch(Tensor batch)
    {
        return [.. Pieces().Select(piece =>
            new MovementRegion(batch, piece.BatchOffset, piece.SpaceOffset, piece.Axes.Select(axis => new MovementAxis(axis.Size, axis.TargetStride, axis.SourceStride))))];
    }

    /// <summary>
    /// Block indices next to each other whose positions lie inside space from the same first position on, for as many positions.
    /// </summary>
    private static List<(int Index, int Count, int First, int Positions)> Groups(int space, int positions, int block, int padding)
    {
        List<(int Index, int Count, int First, int Positions)> groups = [];
        for (int index = 0; index < block; index++)
        {
            int first = Math.Max(0, (padding - index + block - 1) / block);
            int end = Math.Min(positions, (int)(((long)space + padding - index + block - 1) / block));
            if (index >= space + (long)padding || end <= first)
            {
                continue;
            }

            if (groups.Count > 0 && groups[^1] is var last && last.Index + last.Count == index && last.First == first && last.Positions == end - first)
            {
                groups[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                groups.Add((index, 1, first, end - first));
            }
        }

        return groups;
    }

    private List<(long SpaceOffset, long BatchOffset, List<MovementAxis> Axes)> Pieces()
    {
        long[] space = RowMajor.Strides(Space);
        long[] batch = RowMajor.Strides(Batch);
        long step = batch[0] * Space[0];
        long rest = space[Block.Length];
        List<(long SpaceOffset, long BatchOffset, List<MovementAxis> Blocks, List<MovementAxis> Positions)> pieces =
            [(0, 0, [], [new MovementAxis(Space[0], space[0], batch[0])])];

        // From the innermost spatial axis outwards, because the innermost block index changes fastest in the batch.
        for (int axis = Block.Length - 1; axis >= 0; axis--)
        {
            int block = Block[axis];
            int padding = PaddingBefore[axis];
            long spaceStride = space[axis + 1];
            long batchStride = batch[axis + 1];
            long blockStep = step;
            pieces = [.. pieces.SelectMany(piece => Groups(Space[axis + 1], Batch[axis + 1], block, padding).Select(group => (
                piece.SpaceOffset + ((((long)group.First * block) + group.Index - padding) * spaceStride),
                piece.BatchOffset + (group.Index * blockStep) + (group.First * batchStride),
                piece.Blocks.Prepend(new MovementAxis(group.Count, spaceStride, blockStep)).ToList(),
                piece.Positions.Take(1)
                    .Append(new MovementAxis(group.Positions, spaceStride * block, batchStride))
                    .Concat(piece.Positions.Skip(1))
                    .ToList())))];
            step *= block;
        }

        return [.. pieces.Select(piece => (
            piece.SpaceOffset, piece.BatchOffset, piece.Blocks.Concat(piece.Positions).Append(new MovementAxis((int)rest, 1, 1)).ToList()))];
    }
}
