using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Singular value decomposition filter: a fully connected layer over the last inferences, its weights products of feature and time filters;
/// <paramref name="Rank"/> filters make a unit. Inputs: data [batch, features], feature weights [filters, features], time weights [filters,
/// memory], bias [units] (optional), state [batch, filters x memory], which the node writes too.
/// </summary>
/// <param name="Rank">How many filters make a unit.</param>
/// <param name="Activation">What follows; a quantized output's range says it, so that there it is none.</param>
internal sealed record Svdf(int Rank, Activation Activation = Activation.None) : Operation
{
    public const int Data = 0;
    public const int FeatureWeights = 1;
    public const int TimeWeights = 2;
    public const int Bias = 3;
    public const int State = 4;

    public override Operands Takes() => Operands.Of(3, optional: 2);

    public override void Check(NodeCheck check)
    {
        if (!check.Require(check.Node.OptionalInput(State) is not null, "The state is absent."))
        {
            return;
        }

        int[] data = check.Input(Data).Shape;
        int[] feature = check.Input(FeatureWeights).Shape;
        int[] time = check.Input(TimeWeights).Shape;
        int[] output = check.Output().Shape;
        bool fits = data.Length == 2
            && feature.Length == 2
            && time.Length == 2
            && output.Length == 2
            && feature[1] == data[1]
            && time[0] == feature[0]
            && output[0] == data[0]
            && Rank >= 1
            && (long)output[1] * Rank == feature[0]
            && check.Input(State).ElementCount == (long)data[0] * feature[0] * time[1]
            && (check.Node.OptionalInput(Bias) is not Tensor bias || bias.ElementCount == output[1]);
        check.Require(fits, $"The shapes of data, weights, bias, state and output do not fit each other and the rank {Rank}.");
    }
}
