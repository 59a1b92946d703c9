using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>
/// A random network of movements, joins, clamps that may run in place, and maxima of two tensors, together with what each of its tensors must
/// hold. All tensors have one quantization, so that clamps and maxima are those of the integers.
/// </summary>
internal sealed class RandomNetwork
{
    private const int MostElements = 400;

    private readonly Random _random;
    private readonly DataType _type;
    private readonly List<Tensor> _tensors = [];
    private readonly Dictionary<Tensor, long[]> _values = [];

    /// <summary>Makes the network that belongs to a seed.</summary>
    public RandomNetwork(int seed)
    {
        _random = new Random(seed);
        _type = _random.Next(4) == 0 ? DataType.Int16 : DataType.Int8;
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            Tensor input = Elements.Tensor($"input {i}", _type, MovementCases.Shape(_random, _random.Next(1, 5)));
            Graph.Inputs.Add(input);
            Add(input, Elements.Random(_random, input));
        }

        if (_random.Next(3) == 0)
        {
            Tensor constant = Elements.Tensor("constant", _type, MovementCases.Shape(_random, 3));
            Add(constant, Elements.Random(_random, constant));
            constant.Data = Elements.Bytes(_type, _values[constant]);
        }

        for (int steps = _random.Next(1, 16); steps > 0; steps--)
        {
            Step();
        }

        for (int outputs = _random.Next(1, 4); outputs > 0; outputs--)
        {
            Graph.Outputs.Add(_random.Next(2) == 0 ? _tensors[^1] : Pick());
        }
    }

    public NetworkGraph Graph { get; } = new("random");

    /// <summary>The bytes that a tensor must hold.</summary>
    public byte[] BytesOf(Tensor tensor)
    {
        return Elements.Bytes(_type, _values[tensor]);
    }

    private Tensor Pick()
    {
        return _tensors[_random.Next(_tensors.Count)];
    }

    private void Add(Tensor tensor, long[] values)
    {
        _tensors.Add(tensor);
        _values.Add(tensor, values);
    }

    private void Step()
    {
        Tensor data = Pick();
        switch (_random.Next(6))
        {
            case 0:
                Clamp(data);
                break;
            case 1:
                Maximum(data);
                break;
            case 2 or 3:
                Join(data);
                break;
            default:
                string[] makers = [.. MovementCases.Makers.Keys];
                Move(MovementCases.Makers[makers[_random.Next(makers.Length)]](_random, data));
                break;
        }
    }

    private void Move(MovementCase? made)
    {
        if (made is null || made.Node.Outputs.Any(output => output.ElementCount > MostElements))
        {
            return;
        }

        Graph.Nodes.Add(made.Node);
        for (int i = 0; i < made.Node.Outputs.Length; i++)
        {
            Add(made.Node.Outputs[i], made.Expected(i, tensor => _values[tensor]));
        }
    }

    private void Clamp(Tensor data)
    {
        Tensor output = Elements.Tensor("clamped", _type, data.Shape);
        Graph.Nodes.Add(new Node(new Unary(UnaryFunction.Relu), [data], [output]));
        Add(output, [.. _values[data].Select(value => Math.Max(value, output.Quantization!.ZeroPoint))]);
    }

    private void Maximum(Tensor data)
    {
        Tensor other = Alike(data);
        Tensor output = Elements.Tensor("maximum", _type, data.Shape);
        Graph.Nodes.Add(new Node(new Arithmetic(ArithmeticFunction.Maximum, Activation.None), [data, other], [output]));
        Add(output, [.. _values[data].Zip(_values[other], Math.Max)]);
    }

    private void Join(Tensor data)
    {
        Tensor[] parts = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => i == 0 ? data : Alike(data))];
        Move(data.Rank == 0 || _random.Next(2) == 0
            ? JoinCases.Stack(_random, _random.Next(3) == 0 ? _random.Next(data.Rank + 1) : 0, parts)
            : JoinCases.Concatenate(_random, _random.Next(3) == 0 ? _random.Next(data.Rank) : 0, parts));
    }

    private Tensor Alike(Tensor data)
    {
        Tensor[] alike = [.. _tensors.Where(tensor => tensor.Shape.AsSpan().SequenceEqual(data.Shape))];
        return alike[_random.Next(alike.Length)];
    }
}
