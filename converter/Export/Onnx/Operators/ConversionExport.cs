using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Conversions between element types and quantizations.</summary>
internal static class ConversionExport
{
    /// <summary>Real numbers become integers, integers those of another quantization.</summary>
    public static void Quantize(Node node, ExportContext context)
    {
        Layout layout = context.LayoutOf(node.Input(0));
        context.Set(node.Output(), context.Real(node.Input(0), layout), layout);
    }

    /// <summary>Integers become real numbers; half-precision numbers become single-precision ones.</summary>
    public static void Dequantize(Node node, ExportContext context)
    {
        Layout layout = context.LayoutOf(node.Input(0));
        string real = context.Real(node.Input(0), layout);
        context.Set(node.Output(), ExportContext.QuantizationOf(node.Input(0)) is null ? Cast(real, DataType.Float32, context) : real, layout);
    }

    /// <summary>The numbers that elements are, whatever they mean.</summary>
    public static void Cast(Node node, ExportContext context)
    {
        Layout layout = context.LayoutOf(node.Input(0));
        context.SetStored(node.Output(), Cast(context.Stored(node.Input(0), layout), node.Output().Type, context), layout);
    }

    /// <summary>A value in another element type.</summary>
    public static string Cast(string value, DataType type, ExportContext context)
    {
        return context.Writer.Emit("Cast", "cast", [value], ("to", (int)OnnxTypes.Of(type)!.Value));
    }
}
