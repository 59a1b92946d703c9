using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Sums of any number of int8 tensors that share scale, zero point and shape.</summary>
internal static class AddManyLowering
{
    private const int SpareBits = 20;
    private const int MostInputs = byte.MaxValue;

    public static void Lower(LoweringContext context, Node node)
    {
        Tensor[] inputs = [.. node.Inputs.Select((_, i) => node.Input(i))];
        Tensor output = node.Output();
        if (inputs.Length is 0 or > MostInputs || output.Type != DataType.Int8 || !Array.TrueForAll(inputs, input => input.Type == DataType.Int8))
        {
            context.Refuse($"Supported are 1 to {MostInputs} inputs of int8 and an output of int8.", "Quantize the network to int8 throughout.");
            return;
        }

        if (!Array.TrueForAll(inputs, input => input.Shape.AsSpan().SequenceEqual(output.Shape)))
        {
            context.Refuse("Inputs and output have different shapes.", "Use ADD, which broadcasts its inputs.");
            return;
        }

        if (!QuantizedOperands.Check(context, [.. inputs, output]))
        {
            return;
        }

        Quantization quantization = inputs[0].Quantization!;
        if (!Array.TrueForAll(inputs, input => quantization.Equals(input.Quantization)))
        {
            context.Refuse("The inputs have different scales or zero points.", "Use ADD, which brings its inputs to a common scale.");
            return;
        }

        double twice = 2 * (double)quantization.Scale;
        QuantizedMultiplier scale = QuantizedMultiplier.From(quantization.Scale / twice);
        QuantizedMultiplier finish = QuantizedMultiplier.From(twice / ((1 << SpareBits) * (double)output.Quantization!.Scale));
        if (finish.Shift > 0)
        {
            context.Refuse("The output's scale is too small for the inputs' scale.", "Calibrate the network again.");
            return;
        }

        // The reference starts from the integer 0 as if it were an element, which stands for a number that need not be 0.
        int start = Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp(-quantization.ZeroPoint << SpareBits, scale.Multiplier, scale.Shift);
        context.Emit(
            OperatorKind.AddMany,
            Array.ConvertAll(inputs, context.Operand),
            [context.Operand(output)],
            [-quantization.ZeroPoint, scale.Multiplier, scale.Shift, SpareBits, start, finish.Multiplier, finish.Shift, output.Quantization.ZeroPoint]);
    }
}
