using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// The spectrum of frames of samples ([.., frame] to [.., <paramref name="Length"/> + 2], int16): the Fourier transform of real numbers, divided
/// by its length; real and imaginary parts in turn. Zeros follow frames that are shorter.
/// </summary>
/// <param name="Length">Samples that are transformed.</param>
internal sealed record SignalRfft(int Length) : SignalOperation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        int[] shape = check.Input(0).Shape;
        if (check.Require(shape.Length > 0 && shape[^1] <= Length, $"The frames of {check.Input(0)} are longer than the transform of {Length} samples."))
        {
            check.OutputIs([.. shape[..^1].Select(size => (long)size), Length + 2L]);
        }
    }
}
