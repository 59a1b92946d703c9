using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Weights;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>Gives every tensor its type and parameters, and every node its inputs in the form that it takes.</summary>
internal sealed class GraphRewriter(QuantizationContext context, TensorTypes types, TensorRanges ranges, ParameterGroups groups)
{
    private readonly Conversions _conversions = new(context, types, ranges, groups);
    private readonly List<Node> _nodes = [];

    /// <summary>Rewrites the graph.</summary>
    public void Run()
    {
        // Rules look at operations only, but they are asked for before anything changes.
        Node[] nodes = [.. context.Graph.Nodes];
        foreach (Tensor tensor in nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Concat(node.Outputs)).Distinct().Where(types.IsQuantized).ToArray())
        {
            Quantize(tensor);
        }

        foreach (Node node in nodes)
        {
            Rewrite(node);
            _nodes.Add(node);
        }

        ReturnRealNumbers();
        context.Graph.Nodes.Clear();
        context.Graph.Nodes.AddRange(_nodes);
    }

    private void Quantize(Tensor tensor)
    {
        if (tensor.IsState)
        {
            QuantizedStates.Run(tensor, types.Of(tensor), groups.Of(tensor));
            return;
        }

        tensor.Type = types.Of(tensor);
        tensor.Quantization = groups.Of(tensor);
    }

    private void Rewrite(Node node)
    {
        if (types.Of(node) is not DataType type || context.Rule(node) is not { TakesAnyType: false } rule)
        {
            return;
        }

        Quantization? required = type == DataType.Float32 ? null : groups.Required(node);
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (node.Inputs[i] is not Tensor input || (rule.Parameters?.Handles(node, i) == true))
            {
                continue;
            }

            if (!input.IsConstant)
            {
                node.Inputs[i] = types.IsKnown(input) ? _conversions.Of(input, type, required, context.Schemes[node], _nodes) : input;
            }
            else if (QuantizationContext.IsReal(input) && type != DataType.Float32)
            {
                node.Inputs[i] = Constant(node, input, type, required);
            }
        }

        if (type != DataType.Float32)
        {
            rule.Parameters?.Run(context, ranges, node);
            Refine(node);
        }
    }

    /// <summary>A constant among activations.</summary>
    private Tensor Constant(Node node, Tensor constant, DataType type, Quantization? required)
    {
        if (Array.Exists(ConstantValues.Of(constant) ?? [], float.IsNaN))
        {
            context.Refuse(node, $"The constant '{constant.Name}' holds NaN.", "Repair it in the source network.");
        }

        Recipes.ActivationScheme scheme = context.Schemes[node].Activations;
        Quantization quantization = required ?? AffineParameters.Of(ConstantRange.Of(constant), type, scheme.Symmetric, scheme.PowerOfTwo);
        return context.Constant(constant, QuantizedConstants.Of(constant, type, quantization));
    }

    /// <summary>The device's relu6 takes one scale for both sides; a clip may change it.</summary>
    private static void Refine(Node node)
    {
        if (node.Operation is Unary { Function: UnaryFunction.Relu6 } && !Equals(node.Input(0).Quantization, node.Output().Quantization))
        {
            node.Operation = new Parametric(ParametricFunction.Clip, 0, 6);
        }
    }

    /// <summary>Network outputs are real numbers as they were.</summary>
    private void ReturnRealNumbers()
    {
        Dictionary<Tensor, Tensor> returned = [];
        for (int i = 0; i < context.Graph.Outputs.Count; i++)
        {
            Tensor output = context.Graph.Outputs[i];
            if (!types.IsQuantized(output))
            {
                continue;
            }

            if (!returned.TryGetValue(output, out Tensor? real))
            {
                real = new Tensor(output.Name, DataType.Float32, output.Shape);
                output.Name += "_" + output.Type.ToString().ToLowerInvariant();
                _nodes.Add(new Node(new Dequantize(), [output], [real]));
                returned.Add(output, real);
            }

            context.Graph.Outputs[i] = real;
        }
    }
}
