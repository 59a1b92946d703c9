using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower.Elements;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>
/// An element-wise operator whose inputs all follow from one 8-bit tensor is a function of a byte, and becomes a look-up table: x + 3 with a
/// constant 3, x times x, x times the logistic function of x. The table is what the operator itself gives for every byte.
/// </summary>
internal static class FunctionTables
{
    private const int Entries = 256;

    /// <summary>Replaces what can be replaced, and removes the tables whose outputs nothing reads any more.</summary>
    /// <returns>The number of operators that became tables.</returns>
    public static int Run(LoweredNetwork network)
    {
        int made = 0;
        for (int i = 0; i < network.Operators.Count; i++)
        {
            LoweredOperator op = network.Operators[i];
            if (IsElementwise(op.Kind) && IsByte(op.Outputs[0]) && Source(network, op) is LoweredTensor source && Pays(network, op, source))
            {
                network.Operators[i] = op with { Kind = OperatorKind.LookUpTable, Inputs = [source, Table(network, op, source)], Attributes = [] };
                made++;
            }
        }

        if (made > 0)
        {
            RemoveUnread(network);
        }

        return made;
    }

    /// <summary>Removes tables from the last to the first: what only an unread one reads is unread too.</summary>
    private static void RemoveUnread(LoweredNetwork network)
    {
        for (int i = network.Operators.Count - 1; i >= 0; i--)
        {
            LoweredOperator op = network.Operators[i];
            if (op.Kind == OperatorKind.LookUpTable && !IsReadByOthers(network, op.Outputs[0], null))
            {
                network.Operators.RemoveAt(i);
            }
        }
    }

    private static bool IsElementwise(OperatorKind kind)
    {
        return kind is OperatorKind.Add or OperatorKind.Multiply or OperatorKind.Divide or OperatorKind.SquaredDifference
            or OperatorKind.IntegerArithmetic or OperatorKind.Compare or OperatorKind.Select or OperatorKind.PRelu;
    }

    private static bool IsByte(LoweredTensor tensor)
    {
        return TensorTable.BytesOf(tensor.Type) == 1 && tensor.Encoding == TensorEncoding.Dense;
    }

    private static bool IsScalar(LoweredTensor tensor)
    {
        return tensor.Storage == TensorStorage.Constant && tensor.ElementCount == 1;
    }

    /// <summary>The nearest tensor that all inputs but single constants are tables of, or are themselves; null if there is none.</summary>
    private static LoweredTensor? Source(LoweredNetwork network, LoweredOperator op)
    {
        LoweredTensor[] variables = [.. op.Inputs.OfType<LoweredTensor>().Where(input => !IsScalar(input))];
        bool whole = variables.Length > 0 && Array.TrueForAll(
            variables, input => input.Storage == TensorStorage.Arena && IsByte(input) && input.ElementCount == op.Outputs[0].ElementCount);
        return whole && Array.TrueForAll([.. op.Inputs], input => IsByte(input!))
            ? Ancestors(network, variables[0]).Find(candidate => Array.TrueForAll(variables, input => Ancestors(network, input).Exists(one => AreSame(one, candidate))))
            : null;
    }

    /// <summary>A tensor, what it is a table of, what that is a table of, and so on.</summary>
    private static List<LoweredTensor> Ancestors(LoweredNetwork network, LoweredTensor tensor)
    {
        List<LoweredTensor> ancestors = [tensor];
        while (Producer(network, ancestors[^1]) is LoweredOperator producer)
        {
            ancestors.Add(producer.Inputs[0]!);
        }

        return ancestors;
    }

    /// <summary>The table operator that writes a tensor of the arena; null if something else does.</summary>
    private static LoweredOperator? Producer(LoweredNetwork network, LoweredTensor tensor)
    {
        LoweredOperator[] writers = [.. network.Operators.Where(op => op.Outputs.Concat(op.Scratch).Any(written => written.Buffer == tensor.Buffer))];
        return writers is [{ Kind: OperatorKind.LookUpTable } only] && AreSame(only.Outputs[0], tensor) && only.Inputs[0]!.Storage == TensorStorage.Arena ? only : null;
    }

    private static bool AreSame(LoweredTensor a, LoweredTensor b)
    {
        return a.Buffer == b.Buffer && a.Offset == b.Offset && a.ByteLength == b.ByteLength;
    }

    /// <summary>
    /// True if the table saves another one, or is no longer than the tensor; and if the source does not have to live longer only for it.
    /// </summary>
    private static bool Pays(LoweredNetwork network, LoweredOperator op, LoweredTensor source)
    {
        LoweredTensor[] between = [.. op.Inputs.OfType<LoweredTensor>().Where(input => !IsScalar(input) && !AreSame(input, source))];
        bool replaces = between.Length > 0 && Array.TrueForAll(between, tensor => !IsReadByOthers(network, tensor, op));
        bool lives = replaces || op.Inputs.Any(input => AreSame(input!, source));
        return lives && (replaces || op.Outputs[0].ElementCount >= Entries);
    }

    private static bool IsReadByOthers(LoweredNetwork network, LoweredTensor tensor, LoweredOperator? reader)
    {
        return tensor.Storage != TensorStorage.Arena
            || network.Outputs.Exists(output => output.Buffer == tensor.Buffer)
            || network.Operators.Exists(op => op != reader && op.Inputs.Any(input => input?.Buffer == tensor.Buffer));
    }

    private static LoweredTensor Table(LoweredNetwork network, LoweredOperator op, LoweredTensor source)
    {
        sbyte[] table = Evaluate(op, [.. op.Inputs.Select(input => IsScalar(input!) ? null : TableOf(network, input!, source))]);
        return new LoweredTensor
        {
            Type = ElementType.Int8,
            Shape = [Entries],
            Storage = TensorStorage.Constant,
            Data = Array.ConvertAll(table, entry => unchecked((byte)entry)),
        };
    }

    /// <summary>What a tensor is for every byte of its source.</summary>
    private static sbyte[] TableOf(LoweredNetwork network, LoweredTensor tensor, LoweredTensor source)
    {
        if (AreSame(tensor, source))
        {
            return [.. Enumerable.Range(0, Entries).Select(i => (sbyte)(i - 128))];
        }

        LoweredOperator producer = Producer(network, tensor)!;
        sbyte[] last = Array.ConvertAll(producer.Inputs[1]!.Data!, entry => unchecked((sbyte)entry));
        return ElementTable.Chain(TableOf(network, producer.Inputs[0]!, source), last);
    }

    /// <summary>Runs the operator on 256 elements of each input; null stands for an input that is a single constant.</summary>
    private static sbyte[] Evaluate(LoweredOperator op, sbyte[]?[] values)
    {
        LoweredNetwork network = new(new NetworkGraph(op.Kind.ToString()));
        static LoweredTensor Placed(ElementType type)
        {
            return new LoweredTensor { Type = type, Shape = [Entries], Storage = TensorStorage.Arena, Buffer = new LoweredBuffer { Bytes = Entries } };
        }

        LoweredTensor[] inputs = [.. op.Inputs.Select((input, i) => values[i] is null ? input! : Placed(input!.Type))];
        LoweredTensor output = Placed(op.Outputs[0].Type);
        network.Inputs.AddRange(inputs.Where((_, i) => values[i] is not null));
        network.Outputs.Add(output);
        int mask = values.Select((value, i) => value is null ? 0 : 1 << i).Sum();
        int dimensions = op.Attributes[0];
        network.Operators.Add(op with { Inputs = inputs, Outputs = [output], Attributes = [1, Entries, mask, .. op.Attributes.Skip(1 + (2 * dimensions))] });
        ArenaPlanner.Run(network);
        Network runtime = Network.Load(ModelWriter.Write(network, selfTest: null, modelCard: null));
        int at = 0;
        foreach (sbyte[] value in values.OfType<sbyte[]>())
        {
            value.CopyTo(runtime.Input(at++));
        }

        runtime.Invoke();
        return runtime.Output().ToArray();
    }
}
