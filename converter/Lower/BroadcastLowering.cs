namespace EdgeQuant.Converter.Lower;

/// <summary>The attributes that <see cref="Runtime.Operators.Broadcasting"/> reads: as few dimensions as the shapes allow.</summary>
internal static class BroadcastLowering
{
    /// <summary>
    /// Makes them for inputs that are broadcast to an output: shapes are aligned at their last dimension, and a dimension of 1 serves any size.
    /// </summary>
    /// <returns>Null, after saying why, if the shapes do not go together.</returns>
    public static int[]? Attributes(LoweringContext context, int[] output, params int[][] inputs)
    {
        int rank = Math.Max(output.Length, inputs.Max(shape => shape.Length));
        int[] sizes = Extended(output, rank);
        int[][] shapes = Array.ConvertAll(inputs, shape => Extended(shape, rank));
        List<(int Size, int Mask)> dimensions = [];
        for (int axis = 0; axis < rank; axis++)
        {
            int size = sizes[axis];
            int mask = Mask(shapes, axis, size);
            if (Array.Exists(shapes, shape => shape[axis] != size && shape[axis] != 1) || mask == 0)
            {
                context.Refuse("The shapes of the inputs cannot be broadcast to the output's.", "Make each dimension of an input 1 or the output's, aligned at the last.");
                return null;
            }

            if (size == 1)
            {
                continue;
            }

            if (dimensions.Count > 0 && dimensions[^1].Mask == mask)
            {
                dimensions[^1] = (dimensions[^1].Size * size, mask);
            }
            else
            {
                dimensions.Add((size, mask));
            }
        }

        int all = (1 << inputs.Length) - 1;
        return dimensions.TrueForAll(dimension => dimension.Mask == all)
            ? [0]
            : [dimensions.Count, .. dimensions.SelectMany(dimension => new[] { dimension.Size, dimension.Mask })];
    }

    private static int[] Extended(int[] shape, int rank)
    {
        return [.. Enumerable.Repeat(1, rank - shape.Length), .. shape];
    }

    private static int Mask(int[][] shapes, int axis, int size)
    {
        int mask = 0;
        for (int i = 0; i < shapes.Length; i++)
        {
            if (shapes[i][axis] == size)
            {
                mask |= 1 << i;
            }
        }

        return mask;
    }
}
