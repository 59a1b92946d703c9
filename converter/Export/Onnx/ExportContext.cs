using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>
/// The values of a network on their way into an ONNX file. A quantized tensor has two forms there: integers as they are stored, and real
/// numbers behind a DequantizeLinear node; either may have its axes in either layout. Forms are made when they are asked for, once.
/// </summary>
/// <param name="writer">What nodes and constants are written to.</param>
internal sealed class ExportContext(OnnxWriter writer)
{
    private readonly Dictionary<(Tensor Tensor, Layout Layout), string> _stored = [];
    private readonly Dictionary<(Tensor Tensor, Layout Layout), string> _real = [];
    private readonly Dictionary<Tensor, Layout> _made = [];
    private Node? _node;

    public OnnxWriter Writer { get; } = writer;

    /// <summary>All that stands in the way, collected.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <summary>The version of the operator set that is needed.</summary>
    public int Opset { get; init; }

    /// <summary>What a tensor's integers mean; null for one whose elements are numbers as they stand. Only constants of 32 bits have a scale there.</summary>
    public static Quantization? QuantizationOf(Tensor tensor)
    {
        bool isQuantized = OnnxTypes.RangeOf(tensor.Type) is not null || tensor.Type == DataType.Int4 || tensor is { IsConstant: true, Type: DataType.Int32 };
        return isQuantized ? tensor.Quantization : null;
    }

    /// <summary>Starts on a node; refusals made from now on are of it.</summary>
    public void Begin(Node node)
    {
        _node = node;
    }

    /// <summary>Says that the node cannot be written, and why.</summary>
    public void Refuse(string reason, string help)
    {
        Refusals.Add(Refusal.Of(_node!, reason, help));
    }

    /// <summary>The layout that a tensor was made in.</summary>
    public Layout LayoutOf(Tensor tensor)
    {
        return _made.GetValueOrDefault(tensor);
    }

    /// <summary>The layout for an operation on elements: channels first if an operand of four dimensions was made so and the output has as many.</summary>
    public Layout LayoutOf(Node node)
    {
        return node.Output().Rank == Layouts.Rank && node.Inputs.Any(input => input is { Rank: Layouts.Rank } && LayoutOf(input) == Layout.ChannelsFirst)
            ? Layout.ChannelsFirst
            : Layout.Plain;
    }

    /// <summary>A tensor as it is stored: integers of a quantized one, the numbers of any other.</summary>
    public string Stored(Tensor tensor, Layout layout = Layout.Plain)
    {
        if (_stored.TryGetValue((tensor, layout), out string? known))
        {
            return known;
        }

        string made = tensor.IsConstant ? Constant(tensor, layout) : Turned(tensor, layout);
        _stored.Add((tensor, layout), made);
        return made;
    }

    /// <summary>The real numbers that a tensor means; those of one that is not quantized are what it stores.</summary>
    public string Real(Tensor tensor, Layout layout = Layout.Plain)
    {
        if (QuantizationOf(tensor) is not Quantization quantization)
        {
            return Stored(tensor, layout);
        }

        if (_real.TryGetValue((tensor, layout), out string? known))
        {
            return known;
        }

        int[] order = layout == Layout.Plain ? [.. Enumerable.Range(0, tensor.Rank)] : Layouts.ToChannelsFirst;
        string made = Dequantized(tensor, Stored(tensor, layout), Array.IndexOf(order, quantization.Axis + order.Length - tensor.Rank));
        _real.Add((tensor, layout), made);
        return made;
    }

    /// <summary>A constant or activation with its axes in an order of its own, dequantized: weights of an operator.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="order">Axis i of the result is axis order[i] of the tensor.</param>
    public string Ordered(Tensor tensor, params int[] order)
    {
        string stored = tensor.IsConstant
            ? Written(tensor, tensor.Shape, order)
            : Writer.Emit("Transpose", tensor.Name + "_ordered", [Stored(tensor)], ("perm", order));
        return QuantizationOf(tensor) is Quantization quantization ? Dequantized(tensor, stored, Array.IndexOf(order, quantization.Axis)) : stored;
    }

    /// <summary>Notes the real numbers that were computed for a tensor; they are quantized if the tensor is.</summary>
    public void Set(Tensor tensor, string real, Layout layout = Layout.Plain)
    {
        SetStored(tensor, Quantized(tensor, real), layout);
    }

    /// <summary>True if something is known of a tensor.</summary>
    public bool Has(Tensor tensor)
    {
        return tensor.IsConstant || _made.ContainsKey(tensor);
    }

    /// <summary>Notes what is stored for a tensor.</summary>
    public void SetStored(Tensor tensor, string stored, Layout layout = Layout.Plain)
    {
        _stored[(tensor, layout)] = stored;
        _made.TryAdd(tensor, layout);
    }

    /// <summary>Real numbers in the integers of a tensor's quantization; as they are if it has none.</summary>
    public string Quantized(Tensor tensor, string real)
    {
        return QuantizationOf(tensor) is Quantization quantization
            ? Writer.Emit("QuantizeLinear", tensor.Name, [real, Scale(quantization), ZeroPoint(tensor.Type, quantization)])
            : real;
    }

    /// <summary>What a fused activation makes of real numbers; nothing is written where a tensor's integers cannot hold what it would cut off.</summary>
    public string Activated(string real, Activation activation, Tensor output)
    {
        (float Lowest, float Highest)? range = activation switch
        {
            Activation.Relu => (0, float.PositiveInfinity),
            Activation.Relu6 => (0, 6),
            Activation.ReluN1To1 => (-1, 1),
            _ => null,
        };
        return range is not (float lowest, float highest) || IsHeldBy(output, lowest, highest) ? real : Clipped(real, lowest, highest);
    }

    /// <summary>Real numbers held within a range.</summary>
    public string Clipped(string real, float lowest, float highest)
    {
        return lowest == 0 && float.IsPositiveInfinity(highest)
            ? Writer.Emit("Relu", "relu", [real])
            : Writer.Emit("Clip", "clip", [real, Limit(lowest), Limit(highest)]);
    }

    private string Limit(float limit)
    {
        return float.IsInfinity(limit) ? "" : Writer.Number(limit);
    }

    private static bool IsHeldBy(Tensor output, float lowest, float highest)
    {
        if (QuantizationOf(output) is not Quantization quantization || OnnxTypes.RangeOf(output.Type) is not (long smallest, long largest))
        {
            return false;
        }

        double first = Math.Round(lowest / (double)quantization.Scale) + quantization.ZeroPoint;
        double last = Math.Round(highest / (double)quantization.Scale) + quantization.ZeroPoint;
        return first <= smallest && last >= largest;
    }

    private string Constant(Tensor tensor, Layout layout)
    {
        int[] shape = layout == Layout.Plain ? tensor.Shape : Layouts.Padded(tensor.Shape);
        return Written(tensor, shape, layout == Layout.Plain ? [.. Enumerable.Range(0, shape.Length)] : Layouts.ToChannelsFirst);
    }

    private string Written(Tensor tensor, int[] shape, int[] order)
    {
        return Writer.Constant(tensor.Name, tensor.Type, [.. order.Select(axis => shape[axis])], ConstantForm.Permuted(tensor, shape, order));
    }

    /// <summary>An activation in the layout that it was not made in.</summary>
    private string Turned(Tensor tensor, Layout layout)
    {
        if (layout == Layout.Plain)
        {
            return Writer.Emit("Transpose", tensor.Name + "_nhwc", [_stored[(tensor, Layout.ChannelsFirst)]], ("perm", Layouts.ToPlain));
        }

        string plain = _stored[(tensor, Layout.Plain)];
        if (tensor.Rank < Layouts.Rank)
        {
            long[] shape = Array.ConvertAll(Layouts.Padded(tensor.Shape), size => (long)size);
            plain = Writer.Emit("Reshape", tensor.Name + "_padded", [plain, Writer.Integers(shape)]);
        }

        return Writer.Emit("Transpose", tensor.Name + "_nchw", [plain], ("perm", Layouts.ToChannelsFirst));
    }

    private string Dequantized(Tensor tensor, string stored, int axis)
    {
        Quantization quantization = tensor.Quantization!;
        IEnumerable<string> inputs = [stored, Scale(quantization), ZeroPoint(tensor.Type, quantization)];
        return quantization.IsPerChannel
            ? Writer.Emit("DequantizeLinear", tensor.Name + "_real", inputs, ("axis", axis))
            : Writer.Emit("DequantizeLinear", tensor.Name + "_real", inputs);
    }

    private string Scale(Quantization quantization)
    {
        return Writer.Constant("scale", DataType.Float32, quantization.IsPerChannel ? [quantization.Scales.Length] : [], MemoryMarshal.AsBytes<float>(quantization.Scales));
    }

    private string ZeroPoint(DataType type, Quantization quantization)
    {
        DataType stored = type == DataType.Int4 ? DataType.Int8 : type;
        return Writer.Constant("zero_point", stored, quantization.IsPerChannel ? [quantization.Scales.Length] : [], IntegerConstant.Bytes(stored, quantization.ZeroPoints)!);
    }
}
