using EdgeQuant.Converter.Execute.Shapes;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>An axis of input 0 that another input gives.</summary>
internal static class AxisOperand
{
    /// <summary>Null, with the reason said, if the axis is no constant or input 0 has no such axis.</summary>
    public static AxisLoops? Of(KernelContext context, int index)
    {
        if (context.WholeNumbers(index, "axis") is not int[] values)
        {
            return null;
        }

        AxisLoops? loops = values.Length == 1 ? AxisLoops.Of(context.Node.Input(0).Shape, values[0]) : null;
        if (loops is null)
        {
            context.Refuse($"Its axis is {string.Join(", ", values)}, which {context.Node.Input(0)} does not have.", "Correct the axis in the source network.");
        }

        return loops;
    }
}
