using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Matrix product. Inputs: data [..., columns], weights [outputs, columns], bias [outputs] (optional).</summary>
internal sealed record FullyConnected(Activation Activation) : Operation
{
    public override Operands Takes() => Operands.Of(2, optional: 1);

    public override void Check(NodeCheck check)
    {
        Tensor data = check.Input(0);
        Tensor weights = check.Input(1);
        Tensor output = check.Output();
        if (!check.HasRank(weights, 2, "[outputs, columns]"))
        {
            return;
        }

        int outputs = weights.Shape[0];
        int rows = data.ElementCount / weights.Shape[1];
        check.Require(data.ElementCount % weights.Shape[1] == 0, $"The data {data} are no whole rows of {weights.Shape[1]}, which the weights take.");
        check.Require(
            output.Rank > 0 && output.Shape[^1] == outputs && output.ElementCount == (long)rows * outputs,
            $"The output is {output}; it must be {rows} rows of {outputs}.");
        check.HasElements(check.Node.OptionalInput(2), outputs);
    }
}
