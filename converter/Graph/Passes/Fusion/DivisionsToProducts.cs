using System.Runtime.InteropServices;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>A division of real numbers by a constant is a multiplication by its reciprocals, to within the last bit.</summary>
internal sealed class DivisionsToProducts : GraphPass
{
    public override string Name => "divisions-to-products";

    public override int Run(NetworkGraph graph)
    {
        int rewritten = 0;
        foreach (Node node in graph.Nodes)
        {
            if (node.Operation is Arithmetic { Function: ArithmeticFunction.Divide } division && Reciprocals(node.Input(1)) is Tensor factors)
            {
                node.Operation = division with { Function = ArithmeticFunction.Multiply };
                node.Inputs = [node.Input(0), factors];
                rewritten++;
            }
        }

        return rewritten;
    }

    /// <summary>Null if a tensor is no constant of real numbers, or a reciprocal is not finite.</summary>
    private static Tensor? Reciprocals(Tensor divisor)
    {
        if (divisor is not { Type: DataType.Float32, IsConstant: true, Quantization: null } || ConstantValues.Of(divisor) is not float[] values)
        {
            return null;
        }

        float[] reciprocals = Array.ConvertAll(values, value => (float)(1.0 / value));
        return Array.TrueForAll(reciprocals, float.IsNormal)
            ? new Tensor(divisor.Name, divisor.Type, divisor.Shape) { Data = MemoryMarshal.AsBytes<float>(reciprocals).ToArray() }
            : null;
    }
}
