using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Pixels that become channels and the other way round; runtimes have this for real numbers.</summary>
internal static class BlockExport
{
    public static void Write(Node node, string name, int blockSize, ExportContext context)
    {
        Tensor output = node.Output();
        context.Set(output, context.Writer.Emit(name, output.Name + "_real", [context.Real(node.Input(0), Layout.ChannelsFirst)], ("blocksize", blockSize)), Layout.ChannelsFirst);
    }
}
