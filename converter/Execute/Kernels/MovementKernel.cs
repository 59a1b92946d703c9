using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Elements copied to other places, as <see cref="Movements.Resolve"/> describes it.</summary>
internal sealed class MovementKernel : FloatKernel
{
    private readonly Target[] _targets;

    private MovementKernel(Target[] targets)
    {
        _targets = targets;
    }

    /// <summary>Null, with the reason in the context, if what the node moves is not known.</summary>
    public static FloatKernel? Of(KernelContext context, MovementResult result)
    {
        return result.Movements is IReadOnlyList<TensorMovement> movements
            ? new MovementKernel([.. movements.Select(movement => Prepare(context, movement))])
            : context.Refuse(result.Reason ?? "What it moves is known at run time only.", result.Help);
    }

    public override void Run(FloatWorkspace workspace)
    {
        foreach (Target target in _targets)
        {
            float[] to = workspace[target.Slot];
            if (target.Fill is float fill)
            {
                to.AsSpan().Fill(fill);
            }

            foreach ((int slot, MovementRegion region, MovementAxis[] axes) in target.Regions)
            {
                Copy(axes, workspace[slot], (int)region.SourceOffset, to, (int)region.TargetOffset);
            }
        }
    }

    private static Target Prepare(KernelContext context, TensorMovement movement)
    {
        float? fill = movement.Fill is byte[] element
            ? ConstantValues.Of(new Tensor("fill", movement.Target.Type, []) { Data = element, Quantization = movement.Target.Quantization })?[0]
            : null;
        return new Target(
            context.Slot(movement.Target),
            fill,
            [.. movement.Regions.Select(region => (context.Slot(region.Source), region, region.Axes.ToArray()))]);
    }

    private static void Copy(ReadOnlySpan<MovementAxis> axes, float[] source, int from, float[] target, int to)
    {
        if (axes.IsEmpty)
        {
            target[to] = source[from];
            return;
        }

        MovementAxis axis = axes[0];
        int sourceStride = (int)axis.SourceStride;
        int targetStride = (int)axis.TargetStride;
        if (axes.Length > 1)
        {
            for (int i = 0; i < axis.Size; i++)
            {
                Copy(axes[1..], source, from + (i * sourceStride), target, to + (i * targetStride));
            }

            return;
        }

        if (sourceStride == 1 && targetStride == 1)
        {
            Array.Copy(source, from, target, to, axis.Size);
            return;
        }

        for (int i = 0; i < axis.Size; i++)
        {
            target[to + (i * targetStride)] = source[from + (i * sourceStride)];
        }
    }

    private sealed record Target(int Slot, float? Fill, (int Slot, MovementRegion Region, MovementAxis[] Axes)[] Regions);
}
