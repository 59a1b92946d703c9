using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The logarithm of softmax along the last axis: input 0 to output 0 of the same shape.</summary>
internal sealed record LogSoftmax : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.HasRows();
    }
}
