using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>
/// Operations that only move elements. They move integers as they are stored. What has no operator of its own in ONNX becomes a Gather of
/// the flattened data.
/// </summary>
internal static class MovementExport
{
    /// <summary>True if elements mean the same in both tensors.</summary>
    public static bool KeepsIntegers(Tensor data, Tensor output)
    {
        return data.Type == output.Type && Equals(ExportContext.QuantizationOf(data), ExportContext.QuantizationOf(output));
    }

    public static void Write(Node node, ExportContext context)
    {
        Tensor output = node.Output();
        switch (node.Operation)
        {
            case Reshape or Copy:
                Set(output, node.Input(0), context, data => Reshaped(data, output, context));
                break;
            case Transpose:
                TransposeExport.Write(node, context);
                break;
            case Concatenation concatenation:
                JoinExport.Concatenate(node, AxisIndex.FromFront(concatenation.Axis, output.Rank), context);
                break;
            case Stack stack:
                JoinExport.Stack(node, AxisIndex.FromFront(stack.Axis, output.Rank), context);
                break;
            case Split:
                JoinExport.Split(node, node.Input(1), node.Input(0), context);
                break;
            case SplitBySizes:
                JoinExport.Split(node, node.Input(0), node.Input(2), context);
                break;
            case Slice:
                SliceExport.Box(node, context);
                break;
            case StridedSlice slice:
                SliceExport.Strided(node, slice, context);
                break;
            case Pad:
                PadExport.Constant(node, context);
                break;
            case MirrorPad { Mode: MirrorMode.Reflect }:
                PadExport.Reflect(node, context);
                break;
            case BroadcastTo:
                Set(output, node.Input(0), context, data => context.Writer.Emit("Expand", output.Name, [data, Shape(output, context)]));
                break;
            case SpaceToDepth space:
                BlockExport.Write(node, "SpaceToDepth", space.BlockSize, context);
                break;
            case DepthToSpace depth:
                BlockExport.Write(node, "DepthToSpace", depth.BlockSize, context);
                break;
            default:
                ElementGather.Write(node, context);
                break;
        }
    }

    /// <summary>Moves data in the plain layout: as they are stored, or as real numbers where the output has another quantization.</summary>
    public static void Set(Tensor output, Tensor data, ExportContext context, Func<string, string> move)
    {
        if (KeepsIntegers(data, output))
        {
            context.SetStored(output, move(context.Stored(data)));
        }
        else
        {
            context.Set(output, move(context.Real(data)));
        }
    }

    /// <summary>A tensor's shape as a constant.</summary>
    public static string Shape(Tensor tensor, ExportContext context)
    {
        return context.Writer.Integers(Array.ConvertAll(tensor.Shape, size => (long)size));
    }

    /// <summary>A value in the shape of a tensor.</summary>
    public static string Reshaped(string value, Tensor tensor, ExportContext context)
    {
        return context.Writer.Emit("Reshape", tensor.Name, [value, Shape(tensor, context)]);
    }
}
