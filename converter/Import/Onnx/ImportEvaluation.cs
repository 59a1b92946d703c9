using System.Runtime.InteropServices;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>Computes nodes whose inputs are all constants.</summary>
internal static class ImportEvaluation
{
    private const int MostElements = 1 << 22;

    // Integers up to here are exact in single precision.
    private const float LargestExact = 1 << 24;

    /// <summary>The bytes of each output; null if they are not known.</summary>
    public static byte[][]? Outputs(Node node)
    {
        return ConstantEvaluation.Outputs(node) ?? (CanExecute(node) ? Executed(node) : null);
    }

    private static bool CanExecute(Node node)
    {
        return node.Outputs is [{ Type: DataType.Float32 or DataType.Int32 or DataType.Int64 or DataType.Bool } output]
            && Shapes.Elements(output.Shape) is > 0 and <= MostElements
            && Array.TrueForAll(node.Inputs, input => input is null || (input.Quantization is null && Shapes.Elements(input.Shape) is > 0 and <= MostElements));
    }

    /// <summary>With real numbers, unless an integer is beyond what they hold.</summary>
    private static byte[][]? Executed(Node node)
    {
        NetworkGraph graph = new(node.Operation.Name);
        graph.Nodes.Add(node);
        FloatWorkspace workspace;
        try
        {
            FloatExecutor executor = FloatExecutor.Of(graph);
            workspace = executor.NewWorkspace();
            executor.Run(workspace);
        }
        catch (UnsupportedNetworkException)
        {
            return null;
        }

        Tensor output = node.Output();
        float[] values = workspace[output].ToArray();
        bool exact = node.Inputs.OfType<Tensor>().Append(output).All(tensor => tensor.Type == DataType.Float32 || workspace[tensor].ToArray().All(value => MathF.Abs(value) < LargestExact));
        return !exact
            ? null
            : output.Type == DataType.Float32
                ? [MemoryMarshal.AsBytes<float>(values).ToArray()]
                : [IntegerConstant.Bytes(output.Type, Array.ConvertAll(values, value => (long)value))!];
    }
}
