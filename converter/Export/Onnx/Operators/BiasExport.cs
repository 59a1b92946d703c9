using System.Runtime.InteropServices;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>
/// Biases: integers in units of the data's scale times the weights' scales, whatever their own scale says. Those of 32 bits stand behind a
/// DequantizeLinear node; the format has none for 64 bits, which become real numbers.
/// </summary>
internal static class BiasExport
{
    /// <summary>The bias of an operator that accumulates products.</summary>
    /// <param name="bias">One integer, or real number, for each output.</param>
    /// <param name="data">The data.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="context">Where it is written.</param>
    public static string Write(Tensor bias, Tensor data, Tensor weights, ExportContext context)
    {
        if (bias.Type is not (DataType.Int32 or DataType.Int64)
            || ExportContext.QuantizationOf(data) is not Quantization inputs
            || ExportContext.QuantizationOf(weights) is not Quantization products)
        {
            return context.Real(bias);
        }

        float[] scales = Array.ConvertAll(products.Scales, scale => inputs.Scale * scale);
        Tensor scaled = new(bias.Name, bias.Type, [bias.ElementCount]) { Data = bias.Data, Quantization = new Quantization(scales, new long[scales.Length], 0) };
        if (bias.IsConstant && bias.Type == DataType.Int64)
        {
            return context.Writer.Constant(bias.Name, DataType.Float32, scaled.Shape, MemoryMarshal.AsBytes<float>(ConstantValues.Of(scaled)!));
        }

        if (bias.IsConstant)
        {
            return context.Real(scaled);
        }

        string scale = context.Writer.Constant("scale", DataType.Float32, [scales.Length], MemoryMarshal.AsBytes<float>(scales));
        return context.Writer.Emit("Mul", bias.Name + "_real", [ConversionExport.Cast(context.Stored(bias), DataType.Float32, context), scale]);
    }
}
