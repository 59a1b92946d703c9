using EdgeQuant.Converter.Report;

namespace EdgeQuant.Converter.Boards;

/// <summary>What a model needs of a board, and whether the board has it.</summary>
/// <param name="Board">The board's name.</param>
/// <param name="Checks">Operators, flash, memory, the largest block, and where it can be estimated the time from one decision to the next.</param>
/// <param name="Seconds">How long an inference takes, estimated; null where that is to be measured.</param>
/// <param name="Slowest">The operators that take most of it, with their share, the slowest first; at most three.</param>
/// <param name="CostSource">Where the estimate comes from; null without one.</param>
internal sealed record BoardFit(string Board, IReadOnlyList<FitCheck> Checks, double? Seconds, IReadOnlyList<OperatorShare> Slowest, string? CostSource)
{
    private const int MostShown = 3;
    private const string Bytes = "bytes";

    /// <summary>What a loaded operator takes beside its weights, in round numbers.</summary>
    private const int BytesPerOperator = 512;

    /// <summary>True if the board has all that the model needs.</summary>
    public bool Fits => Checks.All(check => check.Fits);

    /// <summary>Holds a model against a board. Every board runs all operators: the runtimes for .NET and for nanoFramework are compiled from the same sources.</summary>
    public static BoardFit Of(Board board, ModelReport model)
    {
        FitCheck[] checks =
        [
            Check("flash", Bytes, model.FileBytes, board.Memory.Flash, "Weights are most of a file: 4 bits (--weights int4) or a codebook (--weights codebook:4) halve them."),
            Check("memory", Bytes, Ram(board, model), board.Memory.Ram, Smaller(model)),
            Check("largest block", Bytes, LargestBlock(board, model), board.Memory.LargestBlock, Smaller(model)),
            Check("operators", "operators", Operators(model).Count(), null, ""),
        ];
        if (board.Costs is not BoardCosts costs)
        {
            return new BoardFit(board.Name, checks, null, [], null);
        }

        double seconds = CostModel.SecondsOf(model, costs, board.Processor);
        double? deadline = model.Pipeline is PipelineReport pipeline ? pipeline.SamplesPerDecision / pipeline.SampleRate : null;
        FitCheck time = Check("time", "seconds", seconds, deadline, "Decide less often (stride in the front end), or take a network with fewer multiplications.");
        return new BoardFit(board.Name, [.. checks, time], seconds, SlowestOf(model, costs, board.Processor), costs.Source);
    }

    /// <summary>The bytes that a loaded model takes beside the file itself: arena, state, weights, and what an operator takes beside them.</summary>
    public static long MemoryBesideFile(ModelReport model)
    {
        ModelReport[] networks = model.Pipeline?.FrontEnd is ModelReport nested ? [model, nested] : [model];
        return networks.Sum(network => (long)network.ArenaBytes + network.StateBytes + (BytesPerOperator * network.Operators.Count)) + ConstantBytes(model);
    }

    private static FitCheck Check(string what, string unit, double needed, double? available, string advice)
    {
        FitCheck check = new(what, unit, needed, available, "");
        return check.Fits ? check : check with { Advice = advice };
    }

    /// <summary>nanoFramework holds weights in arrays; .NET holds the file and a copy of the weights that suits its CPU.</summary>
    private static long Ram(Board board, ModelReport model)
    {
        return MemoryBesideFile(model) + (board.Runtime == BoardRuntime.Net ? model.FileBytes : 0);
    }

    /// <summary>The largest array: the arena, or the weights of one operator; on .NET the file itself.</summary>
    private static double LargestBlock(Board board, ModelReport model)
    {
        IEnumerable<TensorReport> constants = Operators(model).SelectMany(operation => operation.Inputs).OfType<TensorReport>().Where(input => input.Storage == "constant");
        int largest = Math.Max(model.ArenaBytes, constants.Select(constant => constant.Bytes).DefaultIfEmpty().Max());
        return board.Runtime == BoardRuntime.Net ? Math.Max(largest, model.FileBytes) : largest;
    }

    private static long ConstantBytes(ModelReport model)
    {
        return Operators(model).Sum(operation => (long)operation.ConstantBytes);
    }

    private static IEnumerable<OperatorReport> Operators(ModelReport model)
    {
        return model.Pipeline?.FrontEnd is ModelReport nested ? model.Operators.Concat(nested.Operators) : model.Operators;
    }

    private static string Smaller(ModelReport model)
    {
        return model.ArenaBytes > ConstantBytes(model)
            ? $"The arena is most of it ({model.ArenaBytes:N0} bytes): take a network with smaller tensors, that is a smaller input or fewer channels at the start."
            : "Weights are most of it: 4 bits (--weights int4) or a codebook (--weights codebook:4) halve them.";
    }

    private static OperatorShare[] SlowestOf(ModelReport model, BoardCosts costs, BoardProcessor processor)
    {
        double all = model.Operators.Sum(operation => CostModel.SecondsOf(operation, costs, processor));
        return
        [
            .. model.Operators.Select(operation => new OperatorShare(operation.Index, operation.Kind, CostModel.SecondsOf(operation, costs, processor) / all))
                .OrderByDescending(share => share.Share).Take(MostShown),
        ];
    }
}
