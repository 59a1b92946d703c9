using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Functions of rows: of all elements along the last axis of the graph's tensor.</summary>
internal static class RowExport
{
    public static void Softmax(Node node, float beta, ExportContext context)
    {
        Layout layout = context.LayoutOf(node.Input(0));
        string x = context.Real(node.Input(0), layout);
        string scaled = beta == 1 ? x : context.Writer.Emit("Mul", "mul", [x, context.Writer.Number(beta)]);
        context.Set(node.Output(), context.Writer.Emit("Softmax", "softmax", [scaled], ("axis", Axis(node, layout))), layout);
    }

    public static void LogSoftmax(Node node, ExportContext context)
    {
        Layout layout = context.LayoutOf(node.Input(0));
        context.Set(node.Output(), context.Writer.Emit("LogSoftmax", "log_softmax", [context.Real(node.Input(0), layout)], ("axis", Axis(node, layout))), layout);
    }

    public static void L2Normalization(Node node, ExportContext context)
    {
        Layout layout = context.LayoutOf(node.Input(0));
        string real = context.Writer.Emit("LpNormalization", "l2_normalization", [context.Real(node.Input(0), layout)], ("axis", Axis(node, layout)), ("p", 2));
        context.Set(node.Output(), real, layout);
    }

    private static int Axis(Node node, Layout layout)
    {
        return Layouts.Axis(node.Input(0).Rank - 1, layout);
    }
}
