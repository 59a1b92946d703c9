using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Activations;

/// <summary>
/// Conversions between what is held differently: one node for all that want a tensor in the same form, just before the first of them. A
/// conversion always starts from the tensor itself, never from another conversion.
/// </summary>
internal sealed class Conversions(QuantizationContext context, TensorTypes types, TensorRanges ranges, ParameterGroups groups)
{
    /// <summary>16-bit steps in one of 8 bits: all 8-bit values, less any zero point, become 16-bit ones exactly.</summary>
    private const float Steps = 128;

    private readonly Dictionary<(Tensor Tensor, DataType Type, Quantization? Quantization), Tensor> _made = [];

    /// <summary>A tensor in another form.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="type">The type that is wanted.</param>
    /// <param name="required">The parameters that are wanted; null for those that suit the tensor.</param>
    /// <param name="scheme">The scheme of what reads it.</param>
    /// <param name="before">The nodes so far; a new conversion is added to them.</param>
    public Tensor Of(Tensor tensor, DataType type, Quantization? required, OperatorScheme scheme, List<Node> before)
    {
        bool real = type == DataType.Float32;
        if (tensor.Type == type && (real || required is null || required.Equals(tensor.Quantization)))
        {
            return tensor;
        }

        Quantization? quantization = real ? null : required ?? Suitable(tensor, type, scheme);
        (Tensor, DataType, Quantization?) key = (tensor, type, quantization);
        if (!_made.TryGetValue(key, out Tensor? converted))
        {
            converted = new Tensor($"{tensor.Name}_{type.ToString().ToLowerInvariant()}", type, tensor.Shape) { Quantization = quantization };
            before.Add(new Node(real ? new Dequantize() : new Quantize(), [tensor], [converted]));
            context.Sources[converted] = context.Sources[tensor];
            _made.Add(key, converted);
        }

        return converted;
    }

    private Quantization Suitable(Tensor tensor, DataType type, OperatorScheme scheme)
    {
        if (types.IsQuantized(tensor) && types.Of(tensor) == DataType.Int8 && type == DataType.Int16)
        {
            return Quantization.PerTensor(groups.Of(tensor).Scale / Steps, 0);
        }

        return AffineParameters.Of(ranges.Of(tensor, type, scheme), type, scheme.Activations.Symmetric, scheme.Activations.PowerOfTwo);
    }
}
