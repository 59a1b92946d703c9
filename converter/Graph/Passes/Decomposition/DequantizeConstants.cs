using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Decomposition;

/// <summary>
/// Constants of integers (or of half precision) that stand for real numbers become real numbers, where nodes compute with such: the weights of
/// hybrid networks, and what is dequantized before it is used. They can then be quantized like all others.
/// </summary>
internal sealed class DequantizeConstants : GraphPass
{
    public override string Name => "dequantize-constants";

    public override int Run(NetworkGraph graph)
    {
        Dictionary<Tensor, Tensor> made = [];
        int rewritten = graph.Nodes.RemoveAll(node => Fold(graph, node));
        foreach (Node node in graph.Nodes.Where(node => node.Operation is not (Dequantize or Cast) && Array.Exists(node.Outputs, IsReal)))
        {
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (node.Inputs[i] is Tensor constant && StandsForReal(constant))
                {
                    node.Inputs[i] = Real(made, constant);
                    rewritten++;
                }
            }
        }

        return rewritten;
    }

    private static bool Fold(NetworkGraph graph, Node node)
    {
        if (node.Operation is not Dequantize || node.Input(0) is not { IsConstant: true } constant || graph.Outputs.Contains(node.Output()) || ConstantValues.Of(constant) is not float[] values)
        {
            return false;
        }

        node.Output().Type = DataType.Float32;
        node.Output().Data = RealConstants.Of(constant.Name, constant.Shape, values).Data;
        return true;
    }

    private static Tensor Real(Dictionary<Tensor, Tensor> made, Tensor constant)
    {
        if (!made.TryGetValue(constant, out Tensor? real))
        {
            real = new Tensor(constant.Name, DataType.Float32, constant.Shape)
            {
                SourceIndex = constant.SourceIndex,
                Data = RealConstants.Of(constant.Name, constant.Shape, ConstantValues.Of(constant)!).Data,
            };
            made.Add(constant, real);
        }

        return real;
    }

    private static bool IsReal(Tensor tensor)
    {
        return tensor.Type is DataType.Float16 or DataType.Float32 or DataType.Float64;
    }

    private static bool StandsForReal(Tensor constant)
    {
        bool integers = constant.Type is DataType.Int4 or DataType.Int8 or DataType.UInt8 or DataType.Int16 or DataType.Int32 && constant.Quantization is not null;
        return constant.IsConstant && (integers || constant.Type is DataType.Float16 or DataType.Float64) && ConstantValues.Of(constant) is not null;
    }
}
