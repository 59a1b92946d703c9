using EdgeQuant.Converter.Report;

namespace EdgeQuant.Converter.Boards;

/// <summary>Estimates how long an inference takes on a board, from <see cref="BoardCosts"/>.</summary>
internal static class CostModel
{
    private const string Depthwise = "DepthwiseConvolution";

    /// <summary>The seconds that one operator takes.</summary>
    public static double SecondsOf(OperatorReport operation, BoardCosts costs, BoardProcessor processor)
    {
        double perProduct = operation.Kind.EndsWith(Depthwise, StringComparison.Ordinal) ? costs.PerDepthwiseProduct : costs.PerProduct;
        long elements = operation.Outputs.Sum(output => output.Shape.Aggregate(1L, (product, size) => product * size));
        double cycles = costs.PerOperator + (perProduct * operation.Macs) + (costs.PerElement * elements);
        return cycles / (processor.ClockMegahertz * 1e6);
    }

    /// <summary>
    /// The seconds from samples to a decision: the network once, and a front end's network as often as its frames come between two decisions.
    /// </summary>
    public static double SecondsOf(ModelReport model, BoardCosts costs, BoardProcessor processor)
    {
        double own = model.Operators.Sum(operation => SecondsOf(operation, costs, processor));
        return model.Pipeline is { FrontEnd: ModelReport nested } pipeline
            ? own + (pipeline.SamplesPerDecision / (double)pipeline.HopSamples * SecondsOf(nested, costs, processor))
            : own;
    }
}
