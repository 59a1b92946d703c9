namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>Orders of axes: axis i of the result is axis permutation[i] of what it is made of.</summary>
internal static class Permutation
{
    /// <summary>One order after another.</summary>
    public static int[] Compose(int[] first, int[] second)
    {
        return Array.ConvertAll(second, axis => first[axis]);
    }

    /// <summary>The order that undoes another.</summary>
    public static int[] Inverse(int[] permutation)
    {
        int[] inverse = new int[permutation.Length];
        for (int i = 0; i < permutation.Length; i++)
        {
            inverse[permutation[i]] = i;
        }

        return inverse;
    }

    /// <summary>A shape, or what belongs to its axes, in another order.</summary>
    public static T[] Apply<T>(int[] permutation, IReadOnlyList<T> sizes)
    {
        return Array.ConvertAll(permutation, axis => sizes[axis]);
    }

    /// <summary>True if no axis of more than one element overtakes another: then no element moves.</summary>
    public static bool MovesNothing(int[] permutation, int[] shape)
    {
        int[] moved = [.. permutation.Where(axis => shape[axis] != 1)];
        return moved.SequenceEqual(moved.Order());
    }

    /// <summary>What is left of an order when axes of the result go.</summary>
    /// <param name="permutation">The order.</param>
    /// <param name="isGone">Tells of an axis of the result whether it goes.</param>
    public static int[] Without(int[] permutation, Func<int, bool> isGone)
    {
        int[] left = [.. permutation.Where((_, axis) => !isGone(axis))];
        int[] sorted = [.. left.Order()];
        return Array.ConvertAll(left, axis => Array.IndexOf(sorted, axis));
    }
}
