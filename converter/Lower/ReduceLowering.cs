using System.Numerics;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;
using Extreme = EdgeQuant.Runtime.Operators.Extreme;

namespace EdgeQuant.Converter.Lower;

/// <summary>Reductions over any axes.</summary>
internal static class ReduceLowering
{
    private const int LargestDivisionShift = 32;
    private const int SmallestShift = -31;

    private static readonly Quantization s_plain = Quantization.PerTensor(1, 0);

    public static void Lower(LoweringContext context, Node node, Reduce operation)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        bool sums = operation.Function is ReduceFunction.Mean or ReduceFunction.Sum;
        if (!(sums ? CheckSum(context, input, output, operation.Function) : CheckExtreme(context, input, output, operation.Function))
            || AxisReader.Mask(context, input.Rank, node.Input(1)) is not bool[] reduced)
        {
            return;
        }

        ReductionLoops loops = ReductionLoops.Of(input.Shape, reduced);
        if (input.ElementCount == 0 || output.ElementCount != loops.Outputs)
        {
            context.Refuse("The output's shape does not go with the input's and the axes.", "The file is inconsistent; convert the network again.");
            return;
        }

        int[] attributes = sums
            ? SumAttributes(input.Quantization ?? s_plain, output.Quantization ?? s_plain, loops.Count, operation.Function == ReduceFunction.Mean)
            : [(int)(operation.Function is ReduceFunction.Maximum or ReduceFunction.Any ? Extreme.Largest : Extreme.Smallest)];
        context.Emit(
            sums ? OperatorKind.ReduceSum : OperatorKind.ReduceExtreme,
            [context.Operand(input)],
            [context.Operand(output)],
            [.. loops.Attributes, .. attributes]);
    }

    private static int[] SumAttributes(Quantization input, Quantization output, int count, bool mean)
    {
        (int multiplier, int shift) = QuantizedMultiplier.From((double)input.Scale / output.Scale);
        if (mean)
        {
            // The division goes into the multiplier, with as many bits as the reference gives it.
            int bits = Math.Min(Math.Min(BitOperations.Log2((uint)count), LargestDivisionShift), shift - SmallestShift);
            multiplier = (int)(((long)multiplier << bits) / count);
            shift -= bits;
        }

        return [unchecked((int)(-(long)input.ZeroPoint * count)), multiplier, shift, output.ZeroPoint];
    }

    private static bool CheckSum(LoweringContext context, Tensor input, Tensor output, ReduceFunction function)
    {
        if (input.Type is not (DataType.Int8 or DataType.Int16) || output.Type != input.Type)
        {
            context.Refuse("Supported are int8 to int8 and int16 to int16.", "Quantize the network to int8, or to int16 activations.");
            return false;
        }

        return KeepsAnyScale(input, output, function) || QuantizedOperands.Check(context, input, output);
    }

    /// <summary>True for a mean of elements without quantization: it has their scale and zero point, whatever they are (those found at run time).</summary>
    private static bool KeepsAnyScale(Tensor input, Tensor output, ReduceFunction function)
    {
        return function == ReduceFunction.Mean && input.Quantization is null && output.Quantization is null;
    }

    private static bool CheckExtreme(LoweringContext context, Tensor input, Tensor output, ReduceFunction function)
    {
        bool logical = function is ReduceFunction.Any or ReduceFunction.All;
        bool supported = logical ? input.Type == DataType.Bool : input.Type is DataType.Int8 or DataType.Int16 or DataType.Int32;
        if (!supported || output.Type != input.Type)
        {
            context.Refuse(
                logical ? "Supported is bool to bool." : "Supported are int8, int16 and int32, the output like the input.",
                logical ? "Compare with a constant first." : "Quantize the network to int8, or to int16 activations.");
            return false;
        }

        if (!Equals(input.Quantization, output.Quantization))
        {
            context.Refuse("Input and output have different scales or zero points.", "Convert the network again with full integer quantization, or requantize the output.");
            return false;
        }

        return true;
    }
}
