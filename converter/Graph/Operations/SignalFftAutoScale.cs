using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Samples (int16) shifted left so far that the largest just fits into 16 bits (output 0), and how far (output 1, int32, one element).</summary>
internal sealed record SignalFftAutoScale : SignalOperation
{
    public override Operands Takes() => Operands.Of(1) with { FewestOutputs = 2, MostOutputs = 2 };

    public override void Check(NodeCheck check)
    {
        check.SameShape(check.Input(0));
        check.HasElements(check.Output(1), 1);
    }
}
