using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host.Kernels;

namespace EdgeQuant.Converter.Host;

/// <summary>
/// What a host's step needs of its tensors. The converter asks before it moves a node to the host, the reader of a model card before it
/// executes anything: one rule for both.
/// </summary>
internal static class HostStepCheck
{
    /// <summary>What stands against executing a step; null if nothing does.</summary>
    /// <param name="step">The step; its positions lie in the list.</param>
    /// <param name="tensors">The tensors that the step names, which have been checked themselves.</param>
    public static string? Explain(HostStep step, IReadOnlyList<HostTensor> tensors)
    {
        int inputs = step.Operation.InputCount();
        int outputs = step.Operation.OutputCount();
        if (step.Inputs.Length != inputs || step.Outputs.Length != outputs)
        {
            return $"{step.Operation} has {step.Inputs.Length} inputs and {step.Outputs.Length} outputs; it takes {inputs} and gives {outputs}.";
        }

        HostTensor input = tensors[step.Inputs[0]];
        HostTensor output = tensors[step.Outputs[0]];
        return Parameters(step)
            ?? (step.Operation.IsBinary() ? Binary(step, input, tensors[step.Inputs[1]], output) : Single(step, input, output))
            ?? step.Operation switch
            {
                HostOperation.QuantizeDynamic => Scale(step, tensors[step.Outputs[1]]),
                HostOperation.DequantizeDynamic => Scale(step, tensors[step.Inputs[1]]),
                _ => null,
            };
    }

    private static string? Parameters(HostStep step)
    {
        return Number(step, "beta", step.Beta, step.Operation == HostOperation.Softmax)
            ?? Number(step, "alpha", step.Alpha, step.Operation == HostOperation.LeakyRelu)
            ?? (step.Activation is null || (step.Operation.IsBinary() && Enum.IsDefined(step.Activation.Value)) ? null : $"{step.Operation} has an activation that it cannot have.");
    }

    private static string? Number(HostStep step, string name, float? value, bool needed)
    {
        if (value is not null != needed)
        {
            return $"{step.Operation} must {(needed ? "" : "not ")}have {name}.";
        }

        return value is null || float.IsFinite(value.Value) ? null : $"The {name} of {step.Operation} is {value}; it must be finite.";
    }

    private static string? Single(HostStep step, HostTensor input, HostTensor output)
    {
        if (input.ElementCount != output.ElementCount)
        {
            return $"{step.Operation} reads {input.ElementCount} elements and writes {output.ElementCount}; it keeps their number.";
        }

        bool real = input.Type == DataType.Float32 && output.Type == DataType.Float32;
        return step.Operation switch
        {
            HostOperation.Quantize => Types(step, input.Type == DataType.Float32 && IsQuantized(output), input, output),
            HostOperation.Dequantize => Types(step, IsQuantized(input) && output.Type == DataType.Float32, input, output),
            HostOperation.QuantizeDynamic => Types(step, input.Type == DataType.Float32 && output.Type == DataType.Int8, input, output),
            HostOperation.DequantizeDynamic => Types(step, input.Type == DataType.Int8 && output.Type == DataType.Float32, input, output),
            HostOperation.Cast => Types(step, CanCast(input.Type) && CanCast(output.Type), input, output),
            HostOperation.Reshape => Types(step, input.Type == output.Type, input, output),
            HostOperation.Softmax or HostOperation.LogSoftmax => Rows(step, input, output) ?? Types(step, real, input, output),
            _ when step.Operation.IsUnary() => Types(step, real, input, output),
            _ => "The host has no such operation.",
        };
    }

    private static string? Binary(HostStep step, HostTensor a, HostTensor b, HostTensor output)
    {
        int rank = Math.Max(a.Shape.Length, b.Shape.Length);
        int[] shape = new int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int left = axis > a.Shape.Length ? 1 : a.Shape[^axis];
            int right = axis > b.Shape.Length ? 1 : b.Shape[^axis];
            if (left != right && left != 1 && right != 1)
            {
                return $"{step.Operation} has inputs of shapes [{string.Join(',', a.Shape)}] and [{string.Join(',', b.Shape)}], which do not fit each other.";
            }

            shape[^axis] = Math.Max(left, right);
        }

        return !shape.AsSpan().SequenceEqual(output.Shape)
            ? $"{step.Operation} gives the shape [{string.Join(',', shape)}]; its output has [{string.Join(',', output.Shape)}]."
            : Types(step, a.Type == DataType.Float32 && b.Type == DataType.Float32 && output.Type == DataType.Float32, a, output);
    }

    private static string? Scale(HostStep step, HostTensor scale)
    {
        return scale.Type == DataType.Int32 && scale.ElementCount == DynamicScale.Elements
            ? null
            : $"{step.Operation} has a scale of {scale.ElementCount} {scale.Type}; it must be {DynamicScale.Elements} of int32.";
    }

    private static bool IsQuantized(HostTensor tensor)
    {
        return tensor.Type is DataType.Int8 or DataType.UInt8 or DataType.Int16 or DataType.Int32 && tensor.Scale is not null;
    }

    private static bool CanCast(DataType type)
    {
        return type == DataType.Float32 || Elements.IsInteger(type);
    }

    private static string? Types(HostStep step, bool allowed, HostTensor input, HostTensor output)
    {
        return allowed ? null : $"{step.Operation} from {Describe(input)} to {Describe(output)} is not known.";
    }

    private static string? Rows(HostStep step, HostTensor input, HostTensor output)
    {
        return input.Shape.Length == 0 || !input.Shape.AsSpan().SequenceEqual(output.Shape)
            ? $"{step.Operation} needs at least one dimension, and the same shape in and out."
            : null;
    }

    private static string Describe(HostTensor tensor)
    {
        return tensor.Type.ToString().ToLowerInvariant() + (tensor.Scale is null ? " without a scale" : " with a scale");
    }
}
