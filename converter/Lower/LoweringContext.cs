using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>What a lowering works with: it asks for operands and emits operators.</summary>
internal sealed class LoweringContext(NetworkGraph graph)
{
    private const int MaximumRank = ModelLayout.MaximumRank;
    private const long MostConstantBytes = 512 * 1024 * 1024;

    /// <summary>Memory that every board has.</summary>
    private const long SmallArena = 16 * 1024;

    private readonly Dictionary<Tensor, LoweredTensor> _tensors = [];
    private readonly Dictionary<Tensor, LoweredTensor> _shared = [];
    private readonly Dictionary<Tensor, LoweredBuffer> _buffers = [];
    private readonly Dictionary<Tensor, int> _states = [];
    private readonly ConstantTable _constants = new();
    private Node? _node;
    private long[]? _alive;

    public LoweredNetwork Network { get; } = new(graph);

    /// <summary>All that stands in the way, collected.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <summary>True once the network's constants have been refused for their size: lowering ends.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Starts on a node; operators emitted and refusals made from now on come from it. Null: from the network as a whole.</summary>
    public void Begin(Node? node)
    {
        _node = node;
    }

    /// <summary>Says that the node cannot be lowered, and why. The lowering then returns without emitting.</summary>
    public void Refuse(string reason, string help)
    {
        Refusals.Add(_node is null ? new Refusal("network", [], reason, help) : Refusal.Of(_node, reason, help));
    }

    /// <summary>The operand that holds a tensor of the graph: in the arena, the constants or the state.</summary>
    public LoweredTensor Operand(Tensor tensor)
    {
        if (_tensors.TryGetValue(tensor, out LoweredTensor? known))
        {
            return known;
        }

        LoweredTensor made = tensor.IsConstant ? ConstantOperand(tensor, EncodingOf(tensor), _constants.BytesOf(tensor)) : PlacedOperand(tensor);
        _tensors.Add(tensor, made);
        return made;
    }

    /// <summary>
    /// The operand of weights for an operator that takes every encoding: codebooks and indices where the constant shares values and that takes
    /// fewer bytes.
    /// </summary>
    public LoweredTensor WeightOperand(Tensor weights)
    {
        if (_shared.TryGetValue(weights, out LoweredTensor? known))
        {
            return known;
        }

        if (SharedEncoding.Of(weights) is not byte[] bytes)
        {
            return Operand(weights);
        }

        LoweredTensor made = ConstantOperand(weights, TensorEncoding.Shared, bytes);
        _shared.Add(weights, made);
        return made;
    }

    /// <summary>The operand of an optional input.</summary>
    public LoweredTensor? OptionalOperand(Tensor? tensor)
    {
        return tensor is null ? null : Operand(tensor);
    }

    /// <summary>A constant of 8-bit elements; equal constants are stored once.</summary>
    public LoweredTensor Constant(sbyte[] values, params int[] shape)
    {
        return Constant(ElementType.Int8, (byte[])(object)values, shape.Length == 0 ? [values.Length] : shape);
    }

    /// <summary>A constant of 16-bit elements.</summary>
    public LoweredTensor Constant(short[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(short)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), values[i]);
        }

        return Constant(ElementType.Int16, bytes, [values.Length]);
    }

    /// <summary>A constant of 32-bit elements.</summary>
    public LoweredTensor Constant(int[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(int)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        }

        return Constant(ElementType.Int32, bytes, [values.Length]);
    }

    /// <summary>A constant of any type; equal constants are stored once.</summary>
    public LoweredTensor Constant(ElementType type, byte[] data, int[] shape)
    {
        return Known(new LoweredTensor { Type = type, Shape = shape, Storage = TensorStorage.Constant, Data = data });
    }

    /// <summary>Arena memory that lives while the next operator runs.</summary>
    public LoweredTensor Scratch(ElementType type, params int[] shape)
    {
        LoweredBuffer buffer = new();
        LoweredTensor made = new() { Type = type, Shape = shape, Storage = TensorStorage.Arena, Buffer = buffer };
        Cover(buffer, made);
        return made;
    }

    /// <summary>Arena memory that lives from one emitted operator to another: for lowerings that take several operators.</summary>
    public LoweredTensor Temporary(ElementType type, params int[] shape)
    {
        return Scratch(type, shape);
    }

    /// <summary>True if the network takes no more memory, or little, where a node has some bytes of scratch.</summary>
    public bool HasRoom(Node node, long bytes)
    {
        _alive ??= GraphMemory.Alive(Network.Graph);
        return _alive[Network.Graph.Nodes.IndexOf(node) + 1] + bytes <= Math.Max(_alive.Max(), SmallArena);
    }

    /// <summary>Emits an operator.</summary>
    /// <param name="kind">What the device executes.</param>
    /// <param name="inputs">Operands that it reads; null where an optional one is absent.</param>
    /// <param name="outputs">Operands that it writes.</param>
    /// <param name="attributes">Integers in the order in which the operator's constructor reads them.</param>
    /// <param name="scratch">Memory that lives while it runs.</param>
    public void Emit(OperatorKind kind, LoweredTensor?[] inputs, LoweredTensor[] outputs, int[] attributes, params LoweredTensor[] scratch)
    {
        Network.Operators.Add(new LoweredOperator(kind, inputs, outputs, scratch, attributes, _node!));
    }

    private static ElementType? DeviceType(DataType type)
    {
        return type switch
        {
            DataType.Int8 or DataType.Int4 => ElementType.Int8,
            DataType.UInt8 => ElementType.UInt8,
            DataType.Int16 => ElementType.Int16,
            DataType.Int32 => ElementType.Int32,
            DataType.Int64 => ElementType.Int64,
            DataType.Bool => ElementType.Bool,
            _ => null,
        };
    }

    private static void Cover(LoweredBuffer buffer, LoweredTensor tensor)
    {
        buffer.Bytes = Math.Max(buffer.Bytes, tensor.Offset + tensor.ByteLength);
        buffer.Alignment = Math.Max(buffer.Alignment, TensorTable.BytesOf(tensor.Type));
    }

    private static float ScaleOf(Tensor tensor)
    {
        return tensor.Quantization is { IsPerChannel: false } quantization ? quantization.Scale : 0;
    }

    private static int ZeroPointOf(Tensor tensor)
    {
        return tensor.Quantization is { IsPerChannel: false } quantization ? quantization.ZeroPoint : 0;
    }

    private ElementType RequireDeviceType(Tensor tensor)
    {
        ElementType? type = DeviceType(tensor.Type);
        if (tensor.Rank > MaximumRank)
        {
            Refuse($"The tensor {tensor} has {tensor.Rank} dimensions; the device has at most {MaximumRank}.", "Merge dimensions of size 1 in the source network.");
        }

        if (tensor.Shape.Contains(0))
        {
            Refuse($"The tensor {tensor} has no elements.", "Take it out of the source network, or give its shape a fixed size above 0.");
        }

        if (!tensor.IsConstant && tensor.Type is DataType.Int64 or DataType.Int4)
        {
            Refuse($"The tensor {tensor} has a type that only constants may have on the device.", "Use int8, int16 or int32 in the source network.");
        }

        if (type is null)
        {
            Refuse(
                $"The tensor {tensor} has a type that the device does not have.",
                "Quantize the network to int8 or int16 throughout: floating point is supported at its inputs and outputs only.");
        }

        return type ?? ElementType.Int8;
    }

    private LoweredTensor ConstantOperand(Tensor tensor, TensorEncoding encoding, byte[] bytes)
    {
        ElementType type = RequireDeviceType(tensor);
        return Known(new LoweredTensor
        {
            Type = type,
            Shape = tensor.Shape,
            Storage = TensorStorage.Constant,
            Encoding = encoding,
            Data = bytes,
            Scale = ScaleOf(tensor),
            ZeroPoint = ZeroPointOf(tensor),
            Source = tensor,
        });
    }

    /// <summary>The constant itself, or an equal one that is there already.</summary>
    private LoweredTensor Known(LoweredTensor constant)
    {
        LoweredTensor known = _constants.Find(constant);
        if (_constants.Bytes > MostConstantBytes && !IsTooLarge)
        {
            IsTooLarge = true;
            Refusals.Add(new Refusal("network", [], $"Its constants take more than {MostConstantBytes} bytes in the device's form.", "Use a smaller network."));
        }

        return known;
    }

    private static TensorEncoding EncodingOf(Tensor tensor)
    {
        return tensor.Type == DataType.Int4 ? TensorEncoding.PackedInt4 : TensorEncoding.Dense;
    }

    private LoweredTensor PlacedOperand(Tensor tensor)
    {
        Tensor root = tensor.Root;
        int offset = 0;
        for (Tensor at = tensor; at.View is not null; at = at.View.Base)
        {
            offset += at.View.ByteOffset;
        }

        LoweredTensor made = new()
        {
            Type = RequireDeviceType(tensor),
            Shape = tensor.Shape,
            Storage = root.IsState ? TensorStorage.State : TensorStorage.Arena,
            Scale = ScaleOf(tensor),
            ZeroPoint = ZeroPointOf(tensor),
            Offset = offset,
            Source = tensor,
        };
        if (root.IsState)
        {
            made.Offset += StateOffset(root);
            return made;
        }

        if (!_buffers.TryGetValue(root, out LoweredBuffer? buffer))
        {
            buffer = new LoweredBuffer();
            _buffers.Add(root, buffer);
            if (root != tensor)
            {
                Operand(root);
            }
        }

        made.Buffer = buffer;
        Cover(buffer, made);
        return made;
    }

    private int StateOffset(Tensor state)
    {
        if (_states.TryGetValue(state, out int offset))
        {
            return offset;
        }

        const int Alignment = 4;
        offset = (Network.StateBytes + Alignment - 1) / Alignment * Alignment;
        _states.Add(state, offset);
        Network.State.Add(new StatePiece(offset, state.InitialState!));
        Network.StateBytes = offset + state.InitialState!.Length;
        return offset;
    }
}
