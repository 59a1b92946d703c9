using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Per-channel automatic gain: each band (input 0) times a gain that is a function of its noise (input 1; both 32 unsigned bits), then compressed.
/// The function is a table (input 2, int16, [125]): TensorFlow Lite Micro's WideDynamicFunction.
/// </summary>
/// <param name="Shift">Leaves 12 fraction bits of band x gain, 0 to 63.</param>
internal sealed record SignalPcan(int Shift) : SignalOperation
{
    public override Operands Takes() => Operands.Of(3);

    public override void Check(NodeCheck check)
    {
        check.SameShape(check.Input(0));
        check.HasElements(check.Input(1), check.Input(0).ElementCount);
    }
}
