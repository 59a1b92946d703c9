using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Functions of several tensors, element by element.</summary>
internal static class ElementExport
{
    public static void Arithmetic(Node node, Arithmetic operation, ExportContext context)
    {
        Layout layout = context.LayoutOf(node);
        Tensor output = node.Output();
        string[] inputs = Operands(node, layout, context);
        string real = operation.Function switch
        {
            ArithmeticFunction.Add => Emit("Add", output, inputs, context),
            ArithmeticFunction.Subtract => Emit("Sub", output, inputs, context),
            ArithmeticFunction.Multiply => Emit("Mul", output, inputs, context),
            ArithmeticFunction.Divide => Emit("Div", output, inputs, context),
            ArithmeticFunction.Maximum => Emit("Max", output, inputs, context),
            ArithmeticFunction.Minimum => Emit("Min", output, inputs, context),
            ArithmeticFunction.SquaredDifference => Squared(Emit("Sub", output, inputs, context), output, context),
            _ => throw new InvalidOperationException($"The function {operation.Function} is not known."),
        };
        context.Set(output, context.Activated(real, operation.Activation, output), layout);
    }

    public static void Sum(Node node, ExportContext context)
    {
        Layout layout = context.LayoutOf(node);
        context.Set(node.Output(), Emit("Sum", node.Output(), Operands(node, layout, context), context), layout);
    }

    public static void PRelu(Node node, ExportContext context)
    {
        Layout layout = context.LayoutOf(node);
        context.Set(node.Output(), Emit("PRelu", node.Output(), Operands(node, layout, context), context), layout);
    }

    public static void Compare(Node node, ComparisonFunction function, ExportContext context)
    {
        Layout layout = context.LayoutOf(node);
        Tensor output = node.Output();
        string[] inputs = Operands(node, layout, context);
        string result = function switch
        {
            ComparisonFunction.Equal => Emit("Equal", output, inputs, context),
            ComparisonFunction.NotEqual => context.Writer.Emit("Not", output.Name, [Emit("Equal", output, inputs, context)]),
            ComparisonFunction.Less => Emit("Less", output, inputs, context),
            ComparisonFunction.LessOrEqual => Emit("LessOrEqual", output, inputs, context),
            ComparisonFunction.Greater => Emit("Greater", output, inputs, context),
            ComparisonFunction.GreaterOrEqual => Emit("GreaterOrEqual", output, inputs, context),
            _ => throw new InvalidOperationException($"The comparison {function} is not known."),
        };
        context.SetStored(output, result, layout);
    }

    public static void Logical(Node node, LogicalFunction function, ExportContext context)
    {
        Layout layout = context.LayoutOf(node);
        string name = function == LogicalFunction.And ? "And" : "Or";
        context.SetStored(node.Output(), Emit(name, node.Output(), Operands(node, layout, context), context), layout);
    }

    public static void Not(Node node, ExportContext context)
    {
        Layout layout = context.LayoutOf(node);
        context.SetStored(node.Output(), Emit("Not", node.Output(), Operands(node, layout, context), context), layout);
    }

    /// <summary>A choice between two tensors.</summary>
    public static void Select(Node node, Select operation, ExportContext context)
    {
        int[] condition = node.Input(0).Shape;
        if (operation.AlongFirstAxis && condition.Length == 1 && node.Output().Rank > 1 && condition[0] != 1)
        {
            context.Refuse("Its condition belongs to the first axis, which ONNX does not have.", "Give the condition as many dimensions as the data.");
            return;
        }

        Layout layout = context.LayoutOf(node);
        context.Set(node.Output(), Emit("Where", node.Output(), Operands(node, layout, context), context), layout);
    }

    /// <summary>All inputs as real numbers, those with fewer dimensions ready to be broadcast in the layout.</summary>
    private static string[] Operands(Node node, Layout layout, ExportContext context)
    {
        return Array.ConvertAll(node.Inputs, input => context.Real(input!, input!.ElementCount == 1 && input.Rank < Layouts.Rank ? Layout.Plain : layout));
    }

    private static string Emit(string operation, Tensor output, string[] inputs, ExportContext context)
    {
        return context.Writer.Emit(operation, $"{output.Name}_{operation.ToLowerInvariant()}", inputs);
    }

    private static string Squared(string real, Tensor output, ExportContext context)
    {
        return Emit("Mul", output, [real, real], context);
    }
}
