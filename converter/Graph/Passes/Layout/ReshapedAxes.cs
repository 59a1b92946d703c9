namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>
/// A change of shape that follows an order of axes, turned around: first the base changes its shape, then its axes are put in order. That is
/// possible where the change only splits axes, or merges axes that lie side by side in the base.
/// </summary>
/// <param name="InnerOrder">How the base's axes must be ordered before, so that those which are merged are in their order.</param>
/// <param name="BaseShape">The shape of the base after that.</param>
/// <param name="Order">The order of that shape's axes at last.</param>
internal sealed record ReshapedAxes(int[] InnerOrder, int[] BaseShape, int[] Order)
{
    /// <summary>True if the base's axes are in the order that merging needs already.</summary>
    public bool IsSorted => InnerOrder.SequenceEqual(InnerOrder.Order());

    /// <summary>Null if axes are merged that do not lie side by side.</summary>
    public static ReshapedAxes? Of(PendingTransposition pending)
    {
        int[] before = pending.TransposedShape;
        int[] sizes = pending.Base.Shape;
        List<AxisGroup> groups = [.. Groups(before, pending.Shape)];

        // A group's place in the base: its axes of more than one element, which must have no other group's between them.
        List<(AxisGroup Group, int[] Axes)> placed = [];
        foreach (AxisGroup group in groups)
        {
            int[] axes = [.. Enumerable.Range(group.From, group.FromCount).Select(axis => pending.Order[axis])];
            int[] moving = [.. axes.Where(axis => sizes[axis] != 1)];
            int[] sorted = [.. moving.Order()];
            bool together = moving.Length == 0 || Enumerable.Range(sorted[0], sorted[^1] - sorted[0] + 1).Count(axis => sizes[axis] != 1) == moving.Length;
            if (!together)
            {
                return null;
            }

            placed.Add((group, axes));
        }

        int[] keys = Places(placed, sizes);
        (AxisGroup Group, int[] Axes)[] inBase = [.. placed.Index().OrderBy(place => keys[place.Index]).Select(place => place.Item)];
        int[] inner = Sorted([.. inBase.SelectMany(place => place.Axes)], sizes);
        int[] shape = [.. inBase.SelectMany(place => pending.Shape.Skip(place.Group.To).Take(place.Group.ToCount))];
        int[] origin = [.. inBase.SelectMany(place => Enumerable.Range(place.Group.To, place.Group.ToCount))];
        return new ReshapedAxes(inner, shape, Permutation.Inverse(origin));
    }

    /// <summary>Where groups stand in the base. Axes of one element stand where they were, new ones behind the group before them.</summary>
    private static int[] Places(List<(AxisGroup Group, int[] Axes)> groups, int[] sizes)
    {
        int[] places = new int[groups.Count];
        for (int i = 0; i < places.Length; i++)
        {
            int[] axes = groups[i].Axes;
            int[] moving = [.. axes.Where(axis => sizes[axis] != 1)];
            places[i] = moving.Length > 0 ? moving.Min() : axes.Length > 0 ? axes.Min() : i > 0 ? places[i - 1] : -1;
        }

        return places;
    }

    /// <summary>The order with axes of one element, which move nothing, where they were if all others are in order.</summary>
    private static int[] Sorted(int[] order, int[] sizes)
    {
        return Permutation.MovesNothing(order, sizes) ? [.. order.Order()] : order;
    }

    /// <summary>The smallest groups of axes side by side that have as many elements in both shapes.</summary>
    private static IEnumerable<AxisGroup> Groups(int[] from, int[] to)
    {
        int i = 0;
        int j = 0;
        while (i < from.Length || j < to.Length)
        {
            int fromStart = i;
            int toStart = j;
            long fromElements = i < from.Length ? from[i++] : 1;
            long toElements = j < to.Length ? to[j++] : 1;
            while (fromElements != toElements)
            {
                if (fromElements < toElements)
                {
                    fromElements *= from[i++];
                }
                else
                {
                    toElements *= to[j++];
                }
            }

            yield return new AxisGroup(fromStart, i - fromStart, toStart, j - toStart);
        }
    }

    /// <summary>Axes side by side that become other axes side by side.</summary>
    private readonly record struct AxisGroup(int From, int FromCount, int To, int ToCount);
}
