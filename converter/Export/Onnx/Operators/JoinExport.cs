using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Tensors put together along an axis, or cut apart.</summary>
internal static class JoinExport
{
    public static void Concatenate(Node node, int axis, ExportContext context)
    {
        Layout layout = context.LayoutOf(node);
        Join(node, layout, Layouts.Axis(axis, layout), (_, value) => value, context);
    }

    /// <summary>All inputs get the axis first, with size 1.</summary>
    public static void Stack(Node node, int axis, ExportContext context)
    {
        Join(node, Layout.Plain, axis, (input, value) => context.Writer.Emit("Unsqueeze", input.Name + "_unsqueezed", [value, context.Writer.Integers(axis)]), context);
    }

    public static void Split(Node node, Tensor data, Tensor along, ExportContext context)
    {
        if (ConstantReader.ConstantInts(along) is not [int given] || AxisIndex.FromFront(given, data.Rank) is not (>= 0 and int plain))
        {
            context.Refuse("Its axis must be a constant.", "Give the converter that made the file fixed shapes.");
            return;
        }

        Layout layout = context.LayoutOf(data);
        bool keepsIntegers = Array.TrueForAll(node.Outputs, output => MovementExport.KeepsIntegers(data, output));
        string sizes = context.Writer.Integers([.. node.Outputs.Select(output => (long)output.Shape[plain])]);
        string[] parts = context.Writer.Emit(
            "Split",
            [.. node.Outputs.Select(output => output.Name)],
            [keepsIntegers ? context.Stored(data, layout) : context.Real(data, layout), sizes],
            ("axis", Layouts.Axis(plain, layout)));
        for (int i = 0; i < parts.Length; i++)
        {
            if (keepsIntegers)
            {
                context.SetStored(node.Outputs[i], parts[i], layout);
            }
            else
            {
                context.Set(node.Outputs[i], parts[i], layout);
            }
        }
    }

    private static void Join(Node node, Layout layout, int axis, Func<Tensor, string, string> shaped, ExportContext context)
    {
        Tensor output = node.Output();
        bool keepsIntegers = Array.TrueForAll(node.Inputs, input => MovementExport.KeepsIntegers(input!, output));
        string[] inputs = Array.ConvertAll(node.Inputs, input => shaped(input!, keepsIntegers ? context.Stored(input!, layout) : context.Real(input!, layout)));
        string joined = context.Writer.Emit("Concat", output.Name, inputs, ("axis", axis));
        if (keepsIntegers)
        {
            context.SetStored(output, joined, layout);
        }
        else
        {
            context.Set(output, joined, layout);
        }
    }
}
