using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>exp(<paramref name="Beta"/> x) over its sum along the last axis: input 0 to output 0 of the same shape.</summary>
internal sealed record Softmax(float Beta) : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.HasRows();
        check.Require(float.IsFinite(Beta) && Beta > 0, $"Its beta is {Beta}; it must be a finite number above 0.");
    }
}
