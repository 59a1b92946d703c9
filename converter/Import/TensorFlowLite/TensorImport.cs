using System.Globalization;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>Makes a graph tensor of a TensorFlow Lite tensor.</summary>
internal static class TensorImport
{
    /// <summary>Makes the tensor: a constant if the file has its bytes, a state if the file says that it keeps its value.</summary>
    public static Tensor Import(TfliteTensor tensor, List<Refusal> refusals, StateMemory states)
    {
        string name = tensor.Name.Length > 0 ? tensor.Name : "tensor " + tensor.Index.ToString(CultureInfo.InvariantCulture);
        Tensor made = new(name, TypeOf(tensor.Type), [.. tensor.Shape])
        {
            SourceIndex = tensor.Index,
            Data = tensor.IsVariable ? null : tensor.Data,
            Quantization = QuantizationOf(tensor.Quantization),
        };
        if (tensor.IsVariable && !states.TryStart(made, VariableStart(made)))
        {
            refusals.Add(new Refusal(
                $"tensor {tensor.Index}",
                [made.ToString()],
                $"It is a state whose size is unknown, or all states together take more than {StateMemory.Limit} bytes.",
                "Give the converter that made the file a fixed input shape."));
        }

        if (tensor.IsSparse)
        {
            refusals.Add(new Refusal(
                $"tensor {tensor.Index}", [made.ToString()], "It is stored sparsely (TACO format).", "Convert the network again without sparse storage."));
        }

        if (tensor.ShapeSignature.Contains(-1) && tensor.Shape.Contains(0))
        {
            refusals.Add(new Refusal(
                $"tensor {tensor.Index}", [made.ToString()], "Its shape is dynamic.", "Give the converter that made the file a fixed input shape."));
        }

        return made;
    }

    private static DataType TypeOf(TfliteType type)
    {
        return type switch
        {
            TfliteType.Float32 => DataType.Float32,
            TfliteType.Float16 => DataType.Float16,
            TfliteType.Float64 => DataType.Float64,
            TfliteType.Int4 => DataType.Int4,
            TfliteType.Int8 => DataType.Int8,
            TfliteType.UInt8 => DataType.UInt8,
            TfliteType.Int16 => DataType.Int16,
            TfliteType.UInt16 => DataType.UInt16,
            TfliteType.Int32 => DataType.Int32,
            TfliteType.UInt32 => DataType.UInt32,
            TfliteType.Int64 => DataType.Int64,
            TfliteType.UInt64 => DataType.UInt64,
            TfliteType.Bool => DataType.Bool,
            TfliteType.String => DataType.String,
            TfliteType.Resource or TfliteType.Variant => DataType.Resource,
            _ => DataType.Complex,
        };
    }

    private static Quantization? QuantizationOf(TfliteQuantization? quantization)
    {
        return quantization is null || quantization.Scales.IsEmpty
            ? null
            : new Quantization([.. quantization.Scales], [.. quantization.ZeroPoints], quantization.Dimension);
    }

    /// <summary>The byte that the reference fills a variable with: the zero point of 8-bit tensors, 0 otherwise.</summary>
    private static sbyte VariableStart(Tensor tensor)
    {
        return tensor.Type == DataType.Int8 ? (sbyte)(tensor.Quantization?.ZeroPoint ?? 0) : (sbyte)0;
    }
}
