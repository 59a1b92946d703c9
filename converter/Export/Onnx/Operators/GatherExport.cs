using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Slices at positions that indices give.</summary>
internal static class GatherExport
{
    public static void Gather(Node node, Gather operation, ExportContext context)
    {
        Tensor data = node.Input(0);
        int batches = operation.BatchAxes < 0 ? operation.BatchAxes + node.Input(1).Rank : operation.BatchAxes;
        if (batches != 0)
        {
            context.Refuse("Its data and indices share batch axes, which ONNX does not have.", "Take the batch axes out of the source network.");
            return;
        }

        Write(node, data, node.Input(1), "Gather", context, ("axis", AxisIndex.FromFront(operation.Axis, data.Rank)));
    }

    public static void GatherNd(Node node, ExportContext context)
    {
        Tensor indices = node.Input(1);
        string wide = ConversionExport.Cast(context.Stored(indices), DataType.Int64, context);
        Write(node, node.Input(0), wide, "GatherND", context);
    }

    public static void Lookup(Node node, ExportContext context)
    {
        Write(node, node.Input(1), node.Input(0), "Gather", context, ("axis", 0));
    }

    private static void Write(Node node, Tensor data, Tensor indices, string name, ExportContext context, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string positions = context.Stored(indices);
        bool isIndex = indices.Type is DataType.Int32 or DataType.Int64;
        Write(node, data, isIndex ? positions : ConversionExport.Cast(positions, DataType.Int32, context), name, context, attributes);
    }

    /// <summary>Elements move as they are stored, unless the output has another quantization.</summary>
    private static void Write(Node node, Tensor data, string indices, string name, ExportContext context, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Tensor output = node.Output();
        if (MovementExport.KeepsIntegers(data, output))
        {
            context.SetStored(output, context.Writer.Emit(name, output.Name, [context.Stored(data), indices], attributes));
        }
        else
        {
            context.Set(output, context.Writer.Emit(name, output.Name + "_real", [context.Real(data), indices], attributes));
        }
    }
}
