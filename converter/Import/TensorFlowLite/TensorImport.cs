using System.Globalization;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>
/// Makes graph tensors of TensorFlow Lite tensors. Only tensors that are asked for are looked at: files carry leftovers that nothing uses.
/// </summary>
/// <param name="subgraph">Where the tensors stand.</param>
/// <param name="states">What variables start with.</param>
/// <param name="refusals">Takes what cannot be supported.</param>
internal sealed class TensorImport(TfliteSubgraph subgraph, StateMemory states, List<Refusal> refusals)
{
    private const int LongestName = 200;

    private readonly Tensor?[] _tensors = new Tensor?[subgraph.Tensors.Length];
    private readonly HashSet<Tensor> _refused = [];
    private readonly HashSet<int> _computed = [.. subgraph.Inputs, .. subgraph.Nodes.SelectMany(node => node.Outputs)];

    /// <summary>The tensor at a position of the subgraph. One that has been refused has a sound type and shape of its own.</summary>
    public Tensor this[int index] => _tensors[index] ??= Import(subgraph.Tensors[index]);

    /// <summary>True if a tensor has been refused: what it makes of the nodes around it says nothing.</summary>
    public bool IsRefused(Tensor? tensor)
    {
        return tensor is not null && _refused.Contains(tensor);
    }

    private Tensor Import(TfliteTensor source)
    {
        Tensor made = new(NameOf(source), TypeOf(source.Type) ?? DataType.Float32, [.. source.Shape]) { SourceIndex = source.Index, Data = source.IsVariable ? null : source.Data };
        List<(string Reason, string Help)> problems = [];
        made.Quantization = QuantizationImport.Import(source, made.Type, made.Shape, (reason, help) => problems.Add((reason, help)));
        problems.AddRange(Problems(source));
        if (problems.Count == 0 && source.ElementCount == 0)
        {
            made.Data = ReadOnlyMemory<byte>.Empty;
        }
        else if (problems.Count == 0 && source.IsVariable && !states.TryStart(made, VariableStart(made)))
        {
            problems.Add(($"It is a variable, and all of them together take more than {StateMemory.Limit} bytes.", "Use smaller states."));
        }

        if (problems.Count > 0)
        {
            Refuse(source, made, problems);
        }

        return made;
    }

    private void Refuse(TfliteTensor source, Tensor made, List<(string Reason, string Help)> problems)
    {
        string shown = $"'{made.Name}' {source.Type.ToString().ToLowerInvariant()}[{string.Join(',', source.Shape)}]";
        refusals.AddRange(problems.Select(problem => new Refusal($"tensor {source.Index}", [shown], problem.Reason, problem.Help)));
        _refused.Add(made);
        made.Shape = [1];
        made.Data = made.Data is null ? default(ReadOnlyMemory<byte>?) : new byte[sizeof(long)];
    }

    /// <summary>Everything that is wrong with type and shape.</summary>
    private IEnumerable<(string Reason, string Help)> Problems(TfliteTensor source)
    {
        if (TypeOf(source.Type) is null)
        {
            yield return ($"Its type is {source.Type}, which is not supported.", "Replace it in the source network; quantize the network to int8.");
        }

        if (source.IsSparse)
        {
            yield return ("It is stored sparsely.", "Convert the network again without sparse storage (or densify it): EdgeQuant compresses weights itself.");
        }

        if (source.ElementCount < 0 || (source.ElementCount == 0 && source.ShapeSignature.Contains(-1)))
        {
            yield return ("Its shape is dynamic.", "Give the converter that made the file a fixed input shape.");
        }
        else if (source.ElementCount == 0 && (_computed.Contains(source.Index) || source.Shape.Length != 1))
        {
            yield return ("It has no elements.", "Remove what makes it from the source network; only constants of one dimension may be empty.");
        }

        if (source.Shape.Length > HostTensorCheck.MaximumRank)
        {
            yield return ($"It has {source.Shape.Length} dimensions; supported are {HostTensorCheck.MaximumRank}.", "Merge dimensions in the source network.");
        }

        if (source.IsVariable && _computed.Contains(source.Index))
        {
            yield return ("It is a variable, but also an input of the network or computed.", "The file is inconsistent; convert the source network again.");
        }
    }

    private static string NameOf(TfliteTensor source)
    {
        return source.Name.Length switch
        {
            0 => "tensor " + source.Index.ToString(CultureInfo.InvariantCulture),
            > LongestName => source.Name[..LongestName],
            _ => source.Name,
        };
    }

    /// <summary>The type in the graph; null if it has none like it.</summary>
    private static DataType? TypeOf(TfliteType type)
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
            TfliteType.Resource => DataType.Resource,
            _ => null,
        };
    }

    /// <summary>The byte that the reference fills a variable with: the zero point of 8-bit tensors, 0 otherwise.</summary>
    private static sbyte VariableStart(Tensor tensor)
    {
        return tensor.Type == DataType.Int8 ? (sbyte)(tensor.Quantization?.ZeroPoint ?? 0) : (sbyte)0;
    }
}
