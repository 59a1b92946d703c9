using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Pools; padding neither counts in an average nor can it be a maximum.</summary>
internal static class PoolExport
{
    public static void Write(Node node, Pool2D operation, ExportContext context)
    {
        Tensor output = node.Output();
        WindowAttributes window = operation.Window;
        if ((window.DilationHeight, window.DilationWidth) != (1, 1) && operation.Kind == PoolKind.Average)
        {
            context.Refuse("It is an average with gaps between its pixels, which this version of ONNX does not have.", "Use a convolution for it.");
            return;
        }

        string data = context.Real(node.Input(0), Layout.ChannelsFirst);
        (string, object) kernel = ("kernel_shape", new[] { operation.KernelHeight, operation.KernelWidth });
        (string, object) strides = ("strides", new[] { window.StrideHeight, window.StrideWidth });
        (string, object) pads = ("pads", new[] { window.PaddingTop, window.PaddingLeft, window.PaddingBottom, window.PaddingRight });
        string real = operation.Kind == PoolKind.Average
            ? context.Writer.Emit("AveragePool", output.Name + "_average", [data], kernel, strides, pads)
            : context.Writer.Emit("MaxPool", output.Name + "_maximum", [data], kernel, strides, pads, ("dilations", new[] { window.DilationHeight, window.DilationWidth }));
        context.Set(output, context.Activated(real, operation.Activation, output), Layout.ChannelsFirst);
    }
}
