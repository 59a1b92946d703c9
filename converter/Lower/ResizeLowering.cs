using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Resizes of height and width.</summary>
internal static class ResizeLowering
{
    private const int FractionBits = 10;
    private const int LargestTable = short.MaxValue + 1;

    public static void Lower(LoweringContext context, Node node, ResizeBilinear operation)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (operation is { AlignCorners: true, HalfPixelCenters: true })
        {
            context.Refuse("Aligned corners and half pixel centers exclude each other.", "Choose one of the two in the source network.");
            return;
        }

        if (input.Type is not (DataType.Int8 or DataType.Int16))
        {
            context.Refuse("Supported are int8 and int16, the output like the input.", "Quantize the network to int8, or to int16 activations.");
            return;
        }

        if (!Check(context, node))
        {
            return;
        }

        long[] vertical = Positions(input.Shape[1], output.Shape[1], operation);
        long[] horizontal = Positions(input.Shape[2], output.Shape[2], operation);
        if (!IsRepresentable(vertical, output.Shape[1]) || !IsRepresentable(horizontal, output.Shape[2]))
        {
            context.Refuse("The sizes are too large: positions with 10 bits below the point exceed 32 bits.", "Resize smaller images.");
            return;
        }

        context.Emit(
            OperatorKind.ResizeBilinear,
            [context.Operand(input)],
            [context.Operand(output)],
            [(int)vertical[0], (int)vertical[1], (int)horizontal[0], (int)horizontal[1]]);
    }

    public static void Lower(LoweringContext context, Node node, ResizeNearestNeighbor operation)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (!input.Type.IsOnDevice())
        {
            context.Refuse("Supported are integers of at most 32 bits.", "Quantize the network to int8 or int16 throughout.");
            return;
        }

        if (!Check(context, node))
        {
            return;
        }

        if (input.Shape[1] > LargestTable || input.Shape[2] > LargestTable)
        {
            context.Refuse($"The input's height and width may be at most {LargestTable}.", "Resize smaller images.");
            return;
        }

        short[] rows = Array.ConvertAll(NearestPixels.Of(input.Shape[1], output.Shape[1], operation), pixel => (short)pixel);
        short[] columns = Array.ConvertAll(NearestPixels.Of(input.Shape[2], output.Shape[2], operation), pixel => (short)pixel);
        context.Emit(
            OperatorKind.ResizeNearestNeighbor,
            [context.Operand(input), context.Constant(rows), context.Constant(columns)],
            [context.Operand(output)],
            []);
    }

    private static bool Check(LoweringContext context, Node node)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (ConstantReader.ConstantInts(node.Input(1)) is not int[] size)
        {
            context.Refuse("The new size is computed while the network runs.", "Make it a constant.");
            return false;
        }

        bool fits = input.ElementCount > 0 && output.ElementCount > 0 && input.Rank == 4 && output.Rank == 4 && input.Shape[0] == output.Shape[0] && input.Shape[3] == output.Shape[3]
            && size.AsSpan().SequenceEqual(output.Shape.AsSpan(1, 2)) && output.Type == input.Type;
        if (!fits)
        {
            context.Refuse("Types or shapes of input and output do not go together, or with the new size.", "The file is inconsistent; convert the network again.");
        }

        return fits;
    }

    /// <summary>The step from one output pixel to the next and the first one's position, in 1/1024 of an input pixel.</summary>
    private static long[] Positions(int inputs, int outputs, ResizeBilinear operation)
    {
        bool align = operation.AlignCorners && outputs > 1;
        long from = align ? inputs - 1 : inputs;
        long to = align ? outputs - 1 : outputs;
        long step = ((from << FractionBits) + (to / 2)) / to;
        return [step, operation.HalfPixelCenters ? (step / 2) - (1 << (FractionBits - 1)) : 0];
    }

    private static bool IsRepresentable(long[] positions, int outputs)
    {
        return ((outputs - 1) * positions[0]) + positions[1] <= int.MaxValue - (1 << FractionBits);
    }
}
