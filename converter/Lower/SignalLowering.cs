using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>The signal operators of TensorFlow Lite Micro, and statistics. Unsigned words are int32 here: <see cref="Graph.Passes.WordsToIntegers"/>.</summary>
internal static class SignalLowering
{
    private const int ShortestTransform = 4;
    private const int LongestTransform = 32768;

    public static void Lower(LoweringContext context, Node node, SignalWindow operation)
    {
        if (Are(context, DataType.Int16, node.Input(0), node.Input(1), node.Output()))
        {
            Emit(context, OperatorKind.SignalWindow, node, operation.Shift);
        }
    }

    public static void Lower(LoweringContext context, Node node, SignalFftAutoScale operation)
    {
        if (Are(context, DataType.Int16, node.Input(0), node.Output()) && Are(context, DataType.Int32, node.Output(1)))
        {
            Emit(context, OperatorKind.SignalFftAutoScale, node);
        }
    }

    public static void Lower(LoweringContext context, Node node, SignalRfft operation)
    {
        if (!Are(context, DataType.Int16, node.Input(0), node.Output()))
        {
            return;
        }

        int length = operation.Length;
        if (length is < ShortestTransform or > LongestTransform || !int.IsPow2(length))
        {
            context.Refuse($"The transform takes {length} samples; supported are powers of two from {ShortestTransform} to {LongestTransform}.", "Let zeros follow the frame up to the next power of two.");
            return;
        }

        context.Emit(
            OperatorKind.SignalRfft,
            [context.Operand(node.Input(0)), context.Constant(SignalTables.Twiddles(length / 2)), context.Constant(SignalTables.LastTwiddles(length / 2))],
            [context.Operand(node.Output())],
            [node.Input(0).Shape[^1], length]);
    }

    public static void Lower(LoweringContext context, Node node, SignalEnergy operation)
    {
        if (Are(context, DataType.Int16, node.Input(0)) && Are(context, DataType.Int32, node.Output()))
        {
            Emit(context, OperatorKind.SignalEnergy, node, operation.Start, operation.End);
        }
    }

    public static void Lower(LoweringContext context, Node node, SignalFilterBank operation)
    {
        Tensor[] constants = [.. Enumerable.Range(SignalFilterBank.Weights, SignalFilterBank.Bins).Select(node.Input)];
        if (!Are(context, DataType.Int32, node.Input(SignalFilterBank.Data), node.Output()) || !Are(context, DataType.Int16, constants) || !AreConstant(context, constants))
        {
            return;
        }

        int[] bins = ConstantReader.ConstantInts(node.Input(SignalFilterBank.Bins))!;
        if (!Lie(context, node.Input(SignalFilterBank.FirstBins), bins, node.Input(SignalFilterBank.Data))
            || !Lie(context, node.Input(SignalFilterBank.FirstWeights), bins, node.Input(SignalFilterBank.Weights))
            || !AreSums(context, node.Output(), bins.Length - 1))
        {
            return;
        }

        Emit(context, OperatorKind.SignalFilterBank, node);
    }

    public static void Lower(LoweringContext context, Node node, SignalFilterBankSquareRoot operation)
    {
        if (Are(context, DataType.Int32, node.Input(0), node.Input(1), node.Output()) && AreSums(context, node.Input(0), node.Output().ElementCount))
        {
            Emit(context, OperatorKind.SignalFilterBankSquareRoot, node);
        }
    }

    public static void Lower(LoweringContext context, Node node, SignalFilterBankSpectralSubtraction operation)
    {
        Tensor state = node.Input(SignalFilterBankSpectralSubtraction.State);
        if (!Are(context, DataType.Int32, node.Input(0), state, node.Output(), node.Output(1)))
        {
            return;
        }

        if (!state.IsState)
        {
            context.Refuse("The estimates of the noise are no state.", "They must keep their values from one inference to the next.");
            return;
        }

        context.Emit(
            OperatorKind.SignalFilterBankSpectralSubtraction,
            [context.Operand(node.Input(0))],
            [context.Operand(node.Output()), context.Operand(node.Output(1)), context.Operand(state)],
            [
                operation.Even.New,
                operation.Even.Old,
                operation.Odd.New,
                operation.Odd.Old,
                operation.Remaining,
                operation.SmoothingBits,
                operation.SubtractionBits,
                operation.Clamps ? 1 : 0,
            ]);
    }

    public static void Lower(LoweringContext context, Node node, SignalPcan operation)
    {
        Tensor gain = node.Input(2);
        if (!Are(context, DataType.Int32, node.Input(0), node.Input(1), node.Output()) || !Are(context, DataType.Int16, gain) || !AreConstant(context, gain))
        {
            return;
        }

        if (gain.ElementCount != WideDynamicFunction.Entries)
        {
            context.Refuse($"The table {gain} has {gain.ElementCount} elements; needed are {WideDynamicFunction.Entries}.", "Make the table for arguments of 32 bits.");
            return;
        }

        Emit(context, OperatorKind.SignalPcan, node, operation.Shift);
    }

    public static void Lower(LoweringContext context, Node node, SignalFilterBankLog operation)
    {
        if (Are(context, DataType.Int32, node.Input(0)) && Are(context, DataType.Int16, node.Output()))
        {
            context.Emit(
                OperatorKind.SignalFilterBankLog,
                [context.Operand(node.Input(0)), context.Constant(SignalTables.Logarithms())],
                [context.Operand(node.Output())],
                [operation.Shift, operation.Scale]);
        }
    }

    public static void Lower(LoweringContext context, Node node, SignalStatistics operation)
    {
        if (!Are(context, DataType.Int16, node.Input(0)) || !Are(context, DataType.Int32, node.Output()))
        {
            return;
        }

        int channels = node.Input(0).Shape[^1];
        if (node.Input(0).ElementCount / channels > SignalStatistics.MostSamples)
        {
            context.Refuse($"{node.Input(0)} has more than {SignalStatistics.MostSamples} samples.", "Take shorter frames.");
            return;
        }

        Emit(context, OperatorKind.SignalStatistics, node, [channels, .. operation.Statistics.Select(statistic => (int)statistic)]);
    }

    private static void Emit(LoweringContext context, OperatorKind kind, Node node, params int[] attributes)
    {
        context.Emit(kind, [.. node.Inputs.Select(context.OptionalOperand)], [.. node.Outputs.Select(context.Operand)], attributes);
    }

    private static bool Are(LoweringContext context, DataType type, params Tensor[] tensors)
    {
        Tensor? other = Array.Find(tensors, tensor => tensor.Type != type);
        if (other is not null)
        {
            context.Refuse(
                type == DataType.Int16 ? $"{other} has another type than it needs: int16." : $"{other} has another type than it needs: int32, or unsigned words between signal operators.",
                type == DataType.Int16 ? "Use the 16-bit form of the signal operators." : "Cast unsigned words to int32 before other operators and at the network's edges.");
        }

        return other is null;
    }

    /// <summary>True if a tensor holds two words for each of so many sums.</summary>
    private static bool AreSums(LoweringContext context, Tensor tensor, int count)
    {
        bool fits = tensor.ElementCount == 2L * count;
        if (!fits)
        {
            context.Refuse($"{tensor} does not hold {count} sums of 64 unsigned bits.", "Use the integer form of the signal operators.");
        }

        return fits;
    }

    private static bool AreConstant(LoweringContext context, params Tensor[] tensors)
    {
        Tensor? other = Array.Find(tensors, tensor => !tensor.IsConstant);
        if (other is not null)
        {
            context.Refuse($"{other} is no constant.", "Store it in the network's file.");
        }

        return other is null;
    }

    /// <summary>True if each group's elements lie inside a tensor.</summary>
    private static bool Lie(LoweringContext context, Tensor starts, int[] counts, Tensor within)
    {
        int[] first = ConstantReader.ConstantInts(starts)!;
        int outside = Array.FindIndex(counts, count => count < 0);
        outside = outside >= 0 ? outside : Enumerable.Range(0, counts.Length).FirstOrDefault(i => first[i] < 0 || first[i] + counts[i] > within.ElementCount, -1);
        if (outside >= 0)
        {
            context.Refuse($"Group {outside} takes {counts[outside]} elements of {within} from {first[outside]}, which do not lie in it.", "Make the filter bank for this spectrum.");
        }

        return outside < 0;
    }
}
