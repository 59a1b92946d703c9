using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Transpositions. One between the layouts of pixels is none in the file: its output is its input, seen in the other layout.</summary>
internal static class TransposeExport
{
    public static void Write(Node node, ExportContext context)
    {
        Tensor data = node.Input(0);
        Tensor output = node.Output();
        if (ConstantReader.ConstantInts(node.Input(1)) is not int[] given)
        {
            context.Refuse("Its order of axes must be a constant.", "Give the converter that made the file fixed shapes.");
            return;
        }

        // What is given turns the plain data; the data may be there with channels first.
        int[] order = Array.ConvertAll(given, axis => AxisIndex.FromFront(axis, data.Rank));
        Layout layout = context.LayoutOf(data);
        int[] turned = Array.ConvertAll(order, axis => Layouts.Axis(axis, layout));
        bool keepsIntegers = MovementExport.KeepsIntegers(data, output);
        string value = keepsIntegers ? context.Stored(data, layout) : context.Real(data, layout);
        (Layout result, string moved) = IsIdentity(turned) ? (Layout.Plain, value)
            : data.Rank == Layouts.Rank && IsIdentity([.. Layouts.ToChannelsFirst.Select(axis => turned[axis])]) ? (Layout.ChannelsFirst, value)
            : (Layout.Plain, context.Writer.Emit("Transpose", output.Name, [value], ("perm", turned)));
        if (keepsIntegers)
        {
            context.SetStored(output, moved, result);
        }
        else
        {
            context.Set(output, moved, result);
        }
    }

    private static bool IsIdentity(int[] order)
    {
        return order.SequenceEqual(Enumerable.Range(0, order.Length));
    }
}
