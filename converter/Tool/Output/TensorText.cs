using System.Globalization;
using EdgeQuant.Converter.Report;

namespace EdgeQuant.Tool.Output;

/// <summary>Tensors in a few characters.</summary>
internal static class TensorText
{
    private const string Constant = "constant";

    /// <summary>Type, scale and zero point: "int8 0.0235, -128".</summary>
    public static string Quantization(TensorReport tensor)
    {
        return tensor.Scale == 0
            ? tensor.Type
            : $"{tensor.Type} {tensor.Scale.ToString("G4", CultureInfo.InvariantCulture)}, {tensor.ZeroPoint.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The shapes of what flows in and out: "1x10x10x8 + 1x10x10x8 → 1x10x10x8". Constants are left out.</summary>
    public static string Shapes(OperatorReport op)
    {
        IEnumerable<string> inputs = op.Inputs.OfType<TensorReport>().Where(tensor => tensor.Storage != Constant).Select(tensor => Units.Shape(tensor.Shape));
        return $"{string.Join(" + ", inputs)} → {string.Join(" + ", op.Outputs.Select(tensor => Units.Shape(tensor.Shape)))}";
    }
}
