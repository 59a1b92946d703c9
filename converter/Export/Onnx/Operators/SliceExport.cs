using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Parts of tensors.</summary>
internal static class SliceExport
{
    public static void Box(Node node, ExportContext context)
    {
        Tensor output = node.Output();
        if (ConstantReader.ConstantLongs(node.Input(1)) is not long[] first)
        {
            context.Refuse("Its first index must be a constant.", "Give the converter that made the file fixed shapes.");
            return;
        }

        MovementExport.Set(output, node.Input(0), context, data => Taken(
            data, [.. first.Select((start, axis) => new AxisRange(axis, start, 1, output.Shape[axis], Shrinks: false))], output, context));
    }

    public static void Strided(Node node, StridedSlice operation, ExportContext context)
    {
        if (operation.Ranges(node, out MovementResult problem) is not List<AxisRange> ranges)
        {
            context.Refuse(problem.Reason!, problem.Help);
            return;
        }

        Tensor output = node.Output();
        AxisRange[] taken = [.. ranges.Where(range => range.Axis >= 0)];
        MovementExport.Set(output, node.Input(0), context, data =>
        {
            string slice = Taken(data, taken, output, context);
            return taken.Length == ranges.Count && !taken.Any(range => range.Shrinks) ? slice : MovementExport.Reshaped(slice, output, context);
        });
    }

    /// <summary>A range of each axis. Ends that lie before the first element are said by a number that is beyond every axis.</summary>
    private static string Taken(string data, AxisRange[] ranges, Tensor output, ExportContext context)
    {
        OnnxWriter writer = context.Writer;
        string starts = writer.Integers([.. ranges.Select(range => range.First)]);
        string ends = writer.Integers([.. ranges.Select(End)]);
        string axes = writer.Integers([.. ranges.Select(range => (long)range.Axis)]);
        string steps = writer.Integers([.. ranges.Select(range => (long)range.Stride)]);
        return writer.Emit("Slice", output.Name, [data, starts, ends, axes, steps]);
    }

    private static long End(AxisRange range)
    {
        long end = range.First + ((long)range.Stride * range.Count);
        return end < 0 ? int.MinValue : end;
    }
}
