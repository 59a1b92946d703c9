using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>One direction of a recurrent layer: its slice of every input, and its activations.</summary>
internal sealed class RecurrentDirection
{
    private const int BiasInput = 3;

    private readonly ImportContext _context;
    private readonly int _index;
    private readonly int _directions;
    private readonly int _gates;
    private readonly int _batch;
    private readonly bool _batchFirst;
    private readonly string[] _activations;
    private readonly float[]? _alphas;
    private readonly float[]? _betas;
    private readonly float _clip;

    /// <param name="context">The layer.</param>
    /// <param name="index">Which of its directions this is.</param>
    /// <param name="directions">How many it has.</param>
    /// <param name="gates">The number of gates of a cell.</param>
    /// <param name="activations">The names of the activations where the file names none.</param>
    /// <param name="batch">The batch size.</param>
    /// <param name="batchFirst">True if states are [batch, directions, cells].</param>
    public RecurrentDirection(ImportContext context, int index, int directions, int gates, IReadOnlyList<string> activations, int batch, bool batchFirst)
    {
        (_context, _index, _directions, _gates, _batch, _batchFirst) = (context, index, directions, gates, batch, batchFirst);
        Tensor recurrent = context.Input(2);
        ImportContext.Require(recurrent.Rank == 3, $"Its recurrent weights {recurrent} have not three dimensions.");
        Cells = recurrent.Shape[2];
        long declared = context.Attributes.Int("hidden_size", Cells);
        ImportContext.Require(declared == Cells, $"Its hidden_size is {declared}; its recurrent weights are {recurrent}.");
        ImportContext.Require(context.Input(0).Shape[2] > 0 && Cells > 0, "It has no features or no cells.");
        context.Attributes.Ignore("output_sequence");
        string[] names = context.Attributes.Texts("activations") ?? [.. Enumerable.Repeat(activations, directions).SelectMany(name => name)];
        ImportContext.Require(names.Length == activations.Count * directions, $"It has {names.Length} activations; it needs {activations.Count * directions}.");
        _activations = names[(index * activations.Count)..((index + 1) * activations.Count)];
        _alphas = Parameters("activation_alpha", names.Length);
        _betas = Parameters("activation_beta", names.Length);
        _clip = context.Attributes.Float("clip", 0);
    }

    public NodeBuilder Graph => _context.Graph;

    /// <summary>The number of cells.</summary>
    public int Cells { get; }

    /// <summary>The weights of the data [gates x cells, features].</summary>
    public Tensor Weights => Part(1, _gates * Cells, _context.Input(0).Shape[2]);

    /// <summary>The weights of the hidden state [gates x cells, cells].</summary>
    public Tensor RecurrentWeights => Part(2, _gates * Cells, Cells);

    /// <summary>What is added to the product of the data [gates x cells]; null for nothing.</summary>
    public Tensor? Bias => Half(0);

    /// <summary>What is added to the product of the hidden state [gates x cells]; null for nothing.</summary>
    public Tensor? RecurrentBias => Half(1);

    /// <summary>A first state [batch, cells] that an input gives; null for zeros.</summary>
    public Tensor? State(int input)
    {
        if (_context.OptionalInput(input) is not Tensor given)
        {
            return null;
        }

        ImportContext.Require(given.Rank == 3, $"Its state {given} has not three dimensions.");
        return Slice(_batchFirst ? Graph.Transposed(given, 1, 0, 2) : given, [_batch, Cells]);
    }

    /// <summary>An input's slice for this direction.</summary>
    public Tensor Part(int input, params int[] shape)
    {
        return Slice(_context.Input(input), shape);
    }

    /// <summary>An input's slice for this direction; null if the input is absent.</summary>
    public Tensor? OptionalPart(int input, params int[] shape)
    {
        return _context.OptionalInput(input) is Tensor given ? Slice(given, shape) : null;
    }

    /// <summary>Data after one of the direction's activations.</summary>
    public Tensor Activated(int activation, Tensor data)
    {
        int position = (_index * _activations.Length) + activation;
        Tensor held = _clip > 0 ? Graph.Add(new Parametric(ParametricFunction.Clip, -_clip, _clip), data.Shape, data) : data;
        return NamedActivation.Apply(Graph, _activations[activation], held, _alphas?[position], _betas?[position]);
    }

    private Tensor Slice(Tensor given, int[] shape)
    {
        ImportContext.Require(given.Shape.AsSpan().SequenceEqual([_directions, .. shape]), $"Its input {given} has not the shape {Shapes.Text([_directions, .. shape])}.");
        return Graph.Reshaped(Graph.Part(given, 0, _index, 1), shape);
    }

    private Tensor? Half(int half)
    {
        int length = _gates * Cells;
        return OptionalPart(BiasInput, 2 * length) is Tensor both ? Graph.Part(both, 0, half * length, length) : null;
    }

    private float[]? Parameters(string name, int count)
    {
        float[]? given = _context.Attributes.Floats(name);
        return given is null || given.Length == count
            ? given
            : throw ImportContext.Refused($"Its {name} has {given.Length} numbers; supported are as many as there are activations, {count}.", "Give one for each activation.");
    }
}
