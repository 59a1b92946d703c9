using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>A simple recurrent cell (Elman, 1990).</summary>
internal sealed class RnnCell(RecurrentDirection direction) : RecurrentCell(direction, separateBiases: false)
{
    public const int Gates = 1;

    public static readonly IReadOnlyList<string> Activations = ["Tanh"];

    protected override Tensor Next(Tensor data)
    {
        return Direction.Activated(0, Plus(data, Recurrent(Hidden, 0, Gates)));
    }
}
