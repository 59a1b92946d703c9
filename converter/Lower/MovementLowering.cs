using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Converter.Lower;

/// <summary>Everything that only moves elements: strided copies in bytes.</summary>
internal static class MovementLowering
{
    private const int MostSources = 200;
    private const int MostAttributes = 60000;

    public static void Lower(LoweringContext context, Node node)
    {
        MovementResult result = Movements.Resolve(node)!;
        if (result.Reason is not null)
        {
            context.Refuse(result.Reason, result.Help);
        }

        foreach (TensorMovement movement in result.Movements ?? [])
        {
            Lower(context, movement);
        }
    }

    private static void Lower(LoweringContext context, TensorMovement movement)
    {
        int size = movement.Target.Type.Bytes();
        List<MovementRegion> regions = [.. movement.Regions.Where(region => !IsInPlace(region, movement.Target, size))];
        if (regions.Exists(region => region.Axes.Count > CopyRegion.MaximumAxes))
        {
            context.Refuse($"Its copy needs more than {CopyRegion.MaximumAxes} nested loops.", "Merge dimensions in the source network.");
            return;
        }

        List<int> fill = movement.Fill is byte[] element ? [1, Value(element)] : [0];
        LoweredTensor target = context.Operand(movement.Target);
        List<Tensor> sources = [];
        List<List<int>> copies = [];
        foreach (MovementRegion region in regions)
        {
            if (sources.Count == MostSources || copies.Sum(copy => copy.Count) > MostAttributes)
            {
                Emit(context, target, fill, sources, copies);
                fill = [0];
                sources = [];
                copies = [];
            }

            if (region.Source != movement.Target && !sources.Contains(region.Source))
            {
                sources.Add(region.Source);
            }

            copies.Add(Attributes(region, sources.IndexOf(region.Source), size));
        }

        if (copies.Count > 0 || fill[0] != 0)
        {
            Emit(context, target, fill, sources, copies);
        }
    }

    /// <summary>The source of what the output itself holds has the number behind the last input.</summary>
    private static void Emit(LoweringContext context, LoweredTensor target, List<int> fill, List<Tensor> sources, List<List<int>> copies)
    {
        foreach (List<int> copy in copies.Where(copy => copy[0] < 0))
        {
            copy[0] = sources.Count;
        }

        context.Emit(
            OperatorKind.StridedCopy,
            [.. sources.Select(context.Operand)],
            [target],
            [.. fill, copies.Count, .. copies.SelectMany(copy => copy)]);
    }

    private static List<int> Attributes(MovementRegion region, int source, int size)
    {
        bool blocks = region.Axes.Count > 0 && region.Axes[^1] is { SourceStride: 1, TargetStride: 1 };
        List<MovementAxis> axes = [.. blocks ? region.Axes.SkipLast(1) : region.Axes];
        int block = blocks ? region.Axes[^1].Size * size : size;
        List<int> attributes = [source, (int)region.SourceOffset * size, (int)region.TargetOffset * size, block, axes.Count];
        foreach (MovementAxis axis in axes)
        {
            attributes.AddRange([axis.Size, (int)axis.SourceStride * size, (int)axis.TargetStride * size]);
        }

        return attributes;
    }

    /// <summary>True if views have put every element of the region where it is to go.</summary>
    private static bool IsInPlace(MovementRegion region, Tensor target, int size)
    {
        TensorPlace from = TensorPlace.Of(region.Source);
        TensorPlace to = TensorPlace.Of(target);
        return region.Source != target
            && from.Root == to.Root
            && from.Offset + (region.SourceOffset * size) == to.Offset + (region.TargetOffset * size)
            && region.Axes.All(axis => axis.SourceStride == axis.TargetStride);
    }

    private static int Value(byte[] element)
    {
        return element.Length switch
        {
            1 => (sbyte)element[0],
            2 => BinaryPrimitives.ReadInt16LittleEndian(element),
            _ => BinaryPrimitives.ReadInt32LittleEndian(element),
        };
    }
}
