using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Frames around tensors.</summary>
internal static class PadExport
{
    /// <summary>A frame of one value; without one it is the output's zero.</summary>
    public static void Constant(Node node, ExportContext context)
    {
        Tensor output = node.Output();
        if (Paddings(node, context) is not long[] plain)
        {
            return;
        }

        Layout layout = LayoutOf(node, context);
        string pads = context.Writer.Integers(Ordered(plain, layout));
        if (MovementExport.KeepsIntegers(node.Input(0), output))
        {
            string value = node.OptionalInput(2) is Tensor given ? Scalar(context.Stored(given), given, context) : Zero(output, context);
            context.SetStored(output, context.Writer.Emit("Pad", output.Name, [context.Stored(node.Input(0), layout), pads, value]), layout);
        }
        else
        {
            string[] value = node.OptionalInput(2) is Tensor given ? [Scalar(context.Real(given), given, context)] : [];
            context.Set(output, context.Writer.Emit("Pad", output.Name + "_real", [context.Real(node.Input(0), layout), pads, .. value]), layout);
        }
    }

    public static void Reflect(Node node, ExportContext context)
    {
        Tensor output = node.Output();
        if (Paddings(node, context) is not long[] plain)
        {
            return;
        }

        Layout layout = LayoutOf(node, context);
        string[] inputs = [context.Real(node.Input(0), layout), context.Writer.Integers(Ordered(plain, layout))];
        context.Set(output, context.Writer.Emit("Pad", output.Name + "_real", inputs, ("mode", "reflect")), layout);
    }

    private static Layout LayoutOf(Node node, ExportContext context)
    {
        return context.LayoutOf(node.Input(0));
    }

    /// <summary>Before and behind each axis in turn, as the graph has them.</summary>
    private static long[]? Paddings(Node node, ExportContext context)
    {
        long[]? paddings = ConstantReader.ConstantLongs(node.Input(1));
        if (paddings is null)
        {
            context.Refuse("Its paddings must be constants.", "Give the converter that made the file fixed shapes.");
        }

        return paddings;
    }

    /// <summary>Before all axes, then behind all axes, as the format has them.</summary>
    private static long[] Ordered(long[] paddings, Layout layout)
    {
        long[] before = [.. paddings.Where((_, i) => i % 2 == 0)];
        long[] behind = [.. paddings.Where((_, i) => i % 2 == 1)];
        return [.. Layouts.Order(before, layout), .. Layouts.Order(behind, layout)];
    }

    private static string Scalar(string value, Tensor tensor, ExportContext context)
    {
        return tensor.Rank == 0 ? value : context.Writer.Emit("Reshape", "scalar", [value, context.Writer.Integers()]);
    }

    private static string Zero(Tensor output, ExportContext context)
    {
        byte[] element = new byte[output.Type.Bytes()];
        if (output.Type is DataType.Int8 or DataType.UInt8)
        {
            element[0] = (byte)(output.Quantization?.ZeroPoint ?? 0);
        }

        return context.Writer.Constant("zero", output.Type, [], element);
    }
}
