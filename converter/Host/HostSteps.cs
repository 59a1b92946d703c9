using System.Diagnostics.CodeAnalysis;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Host;

/// <summary>From the graph's nodes and tensors to the host's steps and tensors.</summary>
internal static class HostSteps
{
    /// <summary>True if the host can execute a node.</summary>
    public static bool CanExecute(Node node)
    {
        return Compile(node, out _, out _);
    }

    /// <summary>Executes a node whose inputs are all constant.</summary>
    /// <returns>The bytes of its output, or null if the host cannot execute it.</returns>
    public static byte[]? Evaluate(Node node)
    {
        if (!node.Inputs.All(input => input is null or { IsConstant: true }) || !Compile(node, out HostStep? step, out List<HostTensor>? tensors))
        {
            return null;
        }

        HostExecutor executor = new(tensors);
        executor.Run([step]);
        return executor[step.Outputs[0]].ToArray();
    }

    /// <summary>The step for a node; null if the host has none like it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="position">Gives a tensor its position in the list of host tensors.</param>
    public static HostStep? Of(Node node, Func<Tensor, int> position)
    {
        HostOperation? operation = OperationOf(node.Operation);
        int inputs = operation?.InputCount() ?? 0;
        return operation is null || node.Inputs.Length < inputs || node.Inputs.Take(inputs).Contains(null) || node.Outputs.Length != operation.Value.OutputCount()
            ? null
            : new HostStep
            {
                Operation = operation.Value,
                Inputs = [.. Enumerable.Range(0, inputs).Select(i => position(node.Input(i)))],
                Outputs = [.. node.Outputs.Select(position)],
                Beta = (node.Operation as Softmax)?.Beta,
                Alpha = (node.Operation as LeakyRelu)?.Alpha,
                Activation = node.Operation is Arithmetic { Activation: not Activation.None } arithmetic ? arithmetic.Activation : null,
            };
    }

    /// <summary>A tensor as the host sees it.</summary>
    /// <param name="tensor">The graph's tensor.</param>
    /// <param name="named">True for inputs and outputs of the network, whose names stay known.</param>
    public static HostTensor TensorOf(Tensor tensor, bool named)
    {
        bool quantized = tensor.Quantization is { IsPerChannel: false, Scale: > 0 and < float.PositiveInfinity };
        return new HostTensor
        {
            Name = named ? tensor.Name : null,
            Type = tensor.Type,
            Shape = tensor.Shape,
            Scale = quantized ? tensor.Quantization!.Scale : null,
            ZeroPoint = quantized ? tensor.Quantization!.ZeroPoint : null,
            Data = tensor.Data?.ToArray(),
        };
    }

    /// <summary>The table of what the host can do: a line for each operation.</summary>
    private static HostOperation? OperationOf(Operation operation)
    {
        return operation switch
        {
            Quantize => HostOperation.Quantize,
            Dequantize => HostOperation.Dequantize,
            DynamicQuantize => HostOperation.QuantizeDynamic,
            DynamicDequantize => HostOperation.DequantizeDynamic,
            Cast => HostOperation.Cast,
            Reshape => HostOperation.Reshape,
            Softmax => HostOperation.Softmax,
            LogSoftmax => HostOperation.LogSoftmax,
            LeakyRelu => HostOperation.LeakyRelu,
            Unary unary => OperationOf(unary.Function),
            Arithmetic arithmetic => OperationOf(arithmetic.Function),
            _ => null,
        };
    }

    private static HostOperation? OperationOf(UnaryFunction function)
    {
        return function switch
        {
            UnaryFunction.Relu => HostOperation.Relu,
            UnaryFunction.Relu6 => HostOperation.Relu6,
            UnaryFunction.HardSwish => HostOperation.HardSwish,
            UnaryFunction.Logistic => HostOperation.Logistic,
            UnaryFunction.Tanh => HostOperation.Tanh,
            UnaryFunction.Absolute => HostOperation.Absolute,
            UnaryFunction.Negate => HostOperation.Negate,
            UnaryFunction.Square => HostOperation.Square,
            UnaryFunction.SquareRoot => HostOperation.SquareRoot,
            UnaryFunction.ReciprocalSquareRoot => HostOperation.ReciprocalSquareRoot,
            UnaryFunction.Exponential => HostOperation.Exponential,
            UnaryFunction.Logarithm => HostOperation.Logarithm,
            UnaryFunction.Sine => HostOperation.Sine,
            UnaryFunction.Cosine => HostOperation.Cosine,
            UnaryFunction.Ceiling => HostOperation.Ceiling,
            UnaryFunction.Floor => HostOperation.Floor,
            UnaryFunction.Round => HostOperation.Round,
            _ => null,
        };
    }

    private static HostOperation? OperationOf(ArithmeticFunction function)
    {
        return function switch
        {
            ArithmeticFunction.Add => HostOperation.Add,
            ArithmeticFunction.Subtract => HostOperation.Subtract,
            ArithmeticFunction.Multiply => HostOperation.Multiply,
            ArithmeticFunction.Divide => HostOperation.Divide,
            ArithmeticFunction.Maximum => HostOperation.Maximum,
            ArithmeticFunction.Minimum => HostOperation.Minimum,
            ArithmeticFunction.SquaredDifference => HostOperation.SquaredDifference,
            _ => null,
        };
    }

    private static bool Compile(
        Node node,
        [NotNullWhen(true)] out HostStep? step,
        [NotNullWhen(true)] out List<HostTensor>? tensors)
    {
        List<HostTensor> used = [];
        tensors = used;
        step = Of(node, tensor =>
        {
            used.Add(TensorOf(tensor, named: false));
            return used.Count - 1;
        });
        return step is not null
            && !node.Inputs.Concat(node.Outputs).Any(tensor => tensor is { IsState: true })
            && used.TrueForAll(tensor => HostTensorCheck.Explain(tensor) is null)
            && HostStepCheck.Explain(step, used) is null;
    }
}
