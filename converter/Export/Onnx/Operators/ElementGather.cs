using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Any movement out of one tensor: the data flattened, and for each element of the output the position where it comes from.</summary>
internal static class ElementGather
{
    public static void Write(Node node, ExportContext context)
    {
        MovementResult? result = Movements.Resolve(node);
        if (result?.Movements is not IReadOnlyList<TensorMovement> movements)
        {
            context.Refuse(result?.Reason ?? $"{node.Operation.Name} with positions that are computed is not written.", result?.Help is { Length: > 0 } help ? help : "Leave it out of what is exported.");
            return;
        }

        foreach (TensorMovement movement in movements)
        {
            Write(movement, node, context);
        }
    }

    private static void Write(TensorMovement movement, Node node, ExportContext context)
    {
        Tensor output = movement.Target;
        Tensor[] sources = [.. movement.Regions.Select(region => region.Source).Where(source => source != output).Distinct()];
        if (sources.Length != 1)
        {
            context.Refuse($"{node.Operation.Name} out of {sources.Length} tensors is not written.", "Leave it out of what is exported.");
            return;
        }

        Tensor data = sources[0];
        if (movement.Fill is not null && !MovementExport.KeepsIntegers(data, output))
        {
            context.Refuse($"{node.Operation.Name} that changes the quantization is not written.", "Give input and output the same quantization.");
            return;
        }

        string positions = context.Writer.Constant(output.Name + "_positions", DataType.Int64, output.Shape, Positions(movement, data));
        MovementExport.Set(output, data, context, value =>
        {
            string flat = context.Writer.Emit("Reshape", data.Name + "_flat", [value, context.Writer.Integers(-1)]);
            string elements = movement.Fill is byte[] fill
                ? context.Writer.Emit("Concat", data.Name + "_filled", [flat, context.Writer.Constant("fill", output.Type, [1], fill)], ("axis", 0))
                : flat;
            return context.Writer.Emit("Gather", output.Name, [elements, positions], ("axis", 0));
        });
    }

    /// <summary>The movement carried out on the numbers of the elements; what fills stands behind the last one.</summary>
    private static byte[] Positions(TensorMovement movement, Tensor data)
    {
        Tensor target = new(movement.Target.Name, DataType.Int64, movement.Target.Shape);
        long[] numbers = [.. Enumerable.Range(0, data.ElementCount).Select(number => (long)number)];
        byte[] bytes = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();
        TensorMovement moved = new(target, [.. movement.Regions.Select(region => region.Source == movement.Target ? new MovementRegion(target, region.SourceOffset, region.TargetOffset, region.Axes) : region)])
        {
            Fill = movement.Fill is null ? null : BitConverter.GetBytes((long)data.ElementCount),
        };
        return MovementExecutor.Run(moved, _ => bytes);
    }
}
