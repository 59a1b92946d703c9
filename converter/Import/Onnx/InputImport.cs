using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Import.Onnx.Reading;
using ElementType = EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto.Types.DataType;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>Makes tensors of the network's inputs: every size becomes a number.</summary>
internal static class InputImport
{
    /// <summary>The inputs. A batch size that the file leaves open is 1.</summary>
    /// <param name="source">The network in the file.</param>
    /// <param name="options">Shapes for what the file leaves open.</param>
    /// <param name="notes">Takes what was decided.</param>
    /// <exception cref="UnsupportedNetworkException">An input has no fixed shape, or a type that is not supported: all reasons at once.</exception>
    public static IReadOnlyList<Tensor> Run(GraphProto source, ImportOptions options, List<string> notes)
    {
        HashSet<string> constants = [.. source.Initializer.Select(initializer => initializer.Name)];
        ValueInfoProto[] given = [.. source.Input.Where(input => !constants.Contains(input.Name))];
        List<Refusal> refusals = [];
        List<Tensor> inputs = [];
        foreach (ValueInfoProto input in given)
        {
            try
            {
                inputs.Add(Import(input, options.InputShapes.GetValueOrDefault(input.Name), notes));
            }
            catch (RefusedOperatorException exception)
            {
                refusals.Add(new Refusal("inputs of the network", [$"'{Shapes.Short(input.Name)}'"], exception.Message, exception.Help));
            }
        }

        foreach (string name in options.InputShapes.Keys.Where(name => !Array.Exists(given, input => input.Name == name)))
        {
            refusals.Add(new Refusal(
                "inputs of the network", [$"'{Shapes.Short(name)}'"], $"A shape was given for '{Shapes.Short(name)}', which is no input of the network.",
                $"The inputs are {string.Join(", ", given.Take(8).Select(input => $"'{Shapes.Short(input.Name)}'"))}."));
        }

        return refusals.Count == 0 ? inputs : throw new UnsupportedNetworkException(refusals);
    }

    private static Tensor Import(ValueInfoProto input, int[]? wanted, List<string> notes)
    {
        if (input.Type?.TensorType is not TypeProto.Types.Tensor tensor)
        {
            throw ImportContext.Refused("It is no tensor (a sequence, map or optional, or nothing is said of it).", "Make it a tensor in the source network.");
        }

        if (TensorBytes.TypeOf(tensor.ElemType) is not DataType type)
        {
            throw ImportContext.Refused($"Its type is {TensorBytes.NameOf(tensor.ElemType)}, which is not supported.", "Give it another type in the source network.");
        }

        if ((ElementType)tensor.ElemType is ElementType.Float16 or ElementType.Bfloat16 or ElementType.Double)
        {
            notes.Add($"The input '{Shapes.Short(input.Name)}' is {TensorBytes.NameOf(tensor.ElemType)} in the source and takes 32-bit real numbers here.");
        }

        int[] shape = [.. SizesOf(input.Name, tensor.Shape, wanted, notes)];
        Shapes.RequireSize(shape);
        return new Tensor(Shapes.Short(input.Name), type, shape);
    }

    private static IEnumerable<int> SizesOf(string name, TensorShapeProto? declared, int[]? wanted, List<string> notes)
    {
        if (declared is null)
        {
            return wanted ?? throw ImportContext.Refused("The file does not say its shape.", HelpFor(name));
        }

        if (wanted is not null && (wanted.Length != declared.Dim.Count || wanted.Where((size, i) => Fixed(declared.Dim[i]) is long known && known != size).Any()))
        {
            throw ImportContext.Refused($"The shape {Shapes.Text(wanted)} was given; the file says {Text(declared)}.", "Give the sizes that the file fixes as they are.");
        }

        int[] open = [.. Enumerable.Range(0, declared.Dim.Count).Where(axis => wanted is null && Fixed(declared.Dim[axis]) is null)];
        if (Array.Exists(open, axis => axis > 0))
        {
            throw ImportContext.Refused($"Its shape {Text(declared)} leaves sizes open; all but the first must be fixed.", HelpFor(name));
        }

        if (open.Length > 0)
        {
            notes.Add($"The input '{Shapes.Short(name)}' has the shape {Text(declared)}: its batch size was taken as 1.");
        }

        return wanted ?? declared.Dim.Select(size => (int)Math.Min(Fixed(size) ?? 1, int.MaxValue));
    }

    /// <summary>A size that the file fixes. Exporters write 0 or a negative number for one that they leave open.</summary>
    private static long? Fixed(TensorShapeProto.Types.Dimension size)
    {
        return size.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && size.DimValue > 0 ? size.DimValue : null;
    }

    private static string Text(TensorShapeProto shape)
    {
        return Shapes.Text(Array.ConvertAll([.. shape.Dim], size => size.DimParam.Length > 0 ? Shapes.Short(size.DimParam) : Fixed(size)?.ToString() ?? "?"));
    }

    private static string HelpFor(string name)
    {
        return $"Export the network with fixed input sizes, or give them: --input-shape {Shapes.Short(name)}=1,...";
    }
}
