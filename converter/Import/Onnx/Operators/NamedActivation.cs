using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Activations that an attribute names, of recurrent layers and fused operators.</summary>
internal static class NamedActivation
{
    /// <summary>Data after an activation.</summary>
    /// <param name="graph">Where nodes go.</param>
    /// <param name="name">The activation's name, as the operator that it is.</param>
    /// <param name="data">The data.</param>
    /// <param name="alpha">Its first parameter; null for the specification's.</param>
    /// <param name="beta">Its second parameter; null for the specification's.</param>
    /// <exception cref="RefusedOperatorException">It is not known.</exception>
    public static Tensor Apply(NodeBuilder graph, string name, Tensor data, float? alpha, float? beta)
    {
        return name switch
        {
            "Relu" => graph.Unary(UnaryFunction.Relu, data),
            "Sigmoid" => graph.Unary(UnaryFunction.Logistic, data),
            "Tanh" => graph.Unary(UnaryFunction.Tanh, data),
            "Softsign" => graph.Unary(UnaryFunction.Softsign, data),
            "Softplus" => graph.Unary(UnaryFunction.Softplus, data),
            "LeakyRelu" => graph.Add(new LeakyRelu(alpha ?? 0.01f), data.Shape, data),
            "Elu" => Parametric(ParametricFunction.Elu, alpha ?? 1, 0),
            "ThresholdedRelu" => Parametric(ParametricFunction.ThresholdedRelu, alpha ?? 1, 0),
            "HardSigmoid" => Parametric(ParametricFunction.HardSigmoid, alpha ?? 0.2f, beta ?? 0.5f),
            "Clip" => Parametric(ParametricFunction.Clip, alpha ?? float.NegativeInfinity, beta ?? float.PositiveInfinity),
            _ => throw ImportContext.Refused(
                $"Its activation is '{Shapes.Short(name)}'; supported are Relu, Sigmoid, Tanh, Softsign, Softplus, LeakyRelu, Elu, ThresholdedRelu, HardSigmoid and Clip.",
                "Train it with one of these."),
        };

        Tensor Parametric(ParametricFunction function, float a, float b)
        {
            return graph.Add(new Parametric(function, a, b), data.Shape, data);
        }
    }
}
