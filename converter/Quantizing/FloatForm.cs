using System.Runtime.InteropServices;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Calibration;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>
/// Makes a float network of one that was quantized in part (integer weights between real activations, integer activations here and there, half
/// precision), so that it can be quantized as a whole. Ranges of activations that were quantized are kept.
/// </summary>
internal sealed class FloatForm
{
    private readonly NetworkGraph _graph;
    private readonly Dictionary<Tensor, Tensor> _constants = [];
    private readonly Dictionary<Tensor, TensorRange> _ranges = [];

    private FloatForm(NetworkGraph graph)
    {
        _graph = graph;
    }

    /// <summary>True if a network has something that was quantized, or is of half precision.</summary>
    public static bool IsNeeded(NetworkGraph graph)
    {
        return graph.Nodes.Exists(node => node.Operation is Dequantize || node.Inputs.Concat(node.Outputs).Any(tensor => tensor is not null && (IsQuantized(tensor) || tensor.Type == DataType.Float16)));
    }

    /// <summary>Rewrites a network in place.</summary>
    /// <returns>The ranges of its activations that were quantized, by the tensors of the float network.</returns>
    /// <exception cref="UnsupportedNetworkException">It has quantized operators whose integers mean something else: all of them.</exception>
    public static IReadOnlyDictionary<Tensor, TensorRange> Make(NetworkGraph graph)
    {
        return new FloatForm(graph).Run();
    }

    private static bool IsQuantized(Tensor tensor)
    {
        return tensor is { Quantization: not null, Type: DataType.Int4 or DataType.Int8 or DataType.UInt8 or DataType.Int16 or DataType.UInt16 or DataType.Int32 };
    }

    private Dictionary<Tensor, TensorRange> Run()
    {
        Refuse();
        foreach (Node node in _graph.Nodes)
        {
            FreeConstants(node);
        }

        FreeInputs();
        FreeOutputs();
        foreach (Tensor tensor in _graph.Nodes.SelectMany(node => node.Outputs).Where(tensor => !_graph.Outputs.Contains(tensor)).Distinct())
        {
            Free(tensor);
        }

        RemoveConversions();
        return _ranges;
    }

    private void Refuse()
    {
        Refusal[] refusals =
        [
            .. _graph.Nodes
                .Where(node => node.Operation is Lstm or Svdf or Cast && node.Inputs.Any(input => input is { IsConstant: false } && IsQuantized(input)))
                .Select(node => Refusal.Of(node, $"{node.Operation.Name} computes with integers in a network that was quantized in part.", "Give the float network: EdgeQuant quantizes it as a whole.")),
        ];
        if (refusals.Length > 0)
        {
            throw new UnsupportedNetworkException(refusals);
        }
    }

    /// <summary>Lets a node read real constants.</summary>
    private void FreeConstants(Node node)
    {
        const int Bias = 2;
        Tensor? bias = ImpliedBias.Of(node);
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            Tensor? meant = bias is not null && i == Bias ? bias : node.Inputs[i];
            if (node.Inputs[i] is { IsConstant: true } constant && meant is not null && (IsQuantized(meant) || meant.Type == DataType.Float16))
            {
                node.Inputs[i] = Real(constant, meant);
            }
        }
    }

    private Tensor Real(Tensor constant, Tensor meant)
    {
        if (!_constants.TryGetValue(constant, out Tensor? real))
        {
            float[] values = ConstantValues.Of(meant)!;
            real = new Tensor(constant.Name, DataType.Float32, constant.Shape) { SourceIndex = constant.SourceIndex, Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
            _constants.Add(constant, real);
        }

        return real;
    }

    /// <summary>Quantized inputs of the network stay; behind each stand its real numbers.</summary>
    private void FreeInputs()
    {
        foreach (Tensor input in _graph.Inputs.Where(IsQuantized).ToArray())
        {
            Tensor real = new(input.Name + "_real", DataType.Float32, input.Shape);
            foreach (Node node in _graph.Nodes)
            {
                node.Inputs = Array.ConvertAll(node.Inputs, tensor => tensor == input ? real : tensor);
            }

            Keep(real, input);
            _graph.Nodes.Insert(0, new Node(new Dequantize(), [input], [real]));
        }
    }

    /// <summary>Quantized outputs of the network stay; before each stand its real numbers.</summary>
    private void FreeOutputs()
    {
        foreach (Tensor output in _graph.Outputs.Where(IsQuantized).Distinct().ToArray())
        {
            if (_graph.Producer(output) is not Node producer)
            {
                continue;
            }

            Tensor real = new(output.Name + "_real", DataType.Float32, output.Shape);
            producer.Outputs = Array.ConvertAll(producer.Outputs, tensor => tensor == output ? real : tensor);
            foreach (Node node in _graph.Nodes)
            {
                node.Inputs = Array.ConvertAll(node.Inputs, tensor => tensor == output ? real : tensor);
            }

            Keep(real, output);
            _graph.Nodes.Add(new Node(new Quantize(), [real], [output]));
        }
    }

    /// <summary>Makes an activation real.</summary>
    private void Free(Tensor tensor)
    {
        if (IsQuantized(tensor))
        {
            Keep(tensor, tensor);
            tensor.Quantization = null;
            tensor.Type = DataType.Float32;
        }
        else if (tensor.Type == DataType.Float16)
        {
            tensor.Type = DataType.Float32;
        }
    }

    /// <summary>Keeps the range that a quantized tensor can hold.</summary>
    private void Keep(Tensor real, Tensor quantized)
    {
        (double lowest, double highest) = quantized.Type switch
        {
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            _ => (0.0, 0.0),
        };
        if (lowest < highest && quantized.Quantization is { IsPerChannel: false, Scale: > 0 } quantization)
        {
            _ranges[real] = new TensorRange((float)(quantization.Scale * (lowest - quantization.ZeroPoint)), (float)(quantization.Scale * (highest - quantization.ZeroPoint)));
        }
    }

    /// <summary>Conversions between what are real numbers on both sides now do nothing.</summary>
    private void RemoveConversions()
    {
        foreach (Node node in _graph.Nodes.Where(node => node.Operation is Quantize or Dequantize).ToArray())
        {
            Tensor input = node.Input(0);
            Tensor output = node.Output();
            if (input.Type != DataType.Float32 || output.Type != DataType.Float32 || (_graph.Outputs.Contains(output) && (input.IsConstant || _graph.Inputs.Contains(input))))
            {
                continue;
            }

            if (_ranges.TryGetValue(output, out TensorRange range))
            {
                _ranges.TryAdd(input, range);
            }

            if (_graph.Outputs.Contains(output))
            {
                input.Name = output.Name;
            }

            _graph.Nodes.Remove(node);
            _graph.ReplaceUses(output, input);
        }
    }
}
