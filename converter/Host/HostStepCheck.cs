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
        if (step.Inputs.Length != 1 || step.Outputs.Length != 1)
        {
            return $"{step.Operation} has {step.Inputs.Length} inputs and {step.Outputs.Length} outputs; it takes 1 and gives 1.";
        }

        if (step.Beta is not null != (step.Operation == HostOperation.Softmax))
        {
            return $"{step.Operation} must {(step.Operation == HostOperation.Softmax ? "" : "not ")}have a beta.";
        }

        HostTensor input = tensors[step.Inputs[0]];
        HostTensor output = tensors[step.Outputs[0]];
        if (input.ElementCount != output.ElementCount)
        {
            return $"{step.Operation} reads {input.ElementCount} elements and writes {output.ElementCount}; it keeps their number.";
        }

        return step.Operation switch
        {
            HostOperation.Quantize => Types(step, input.Type == DataType.Float32 && IsQuantized(output), input, output),
            HostOperation.Dequantize => Types(step, IsQuantized(input) && output.Type == DataType.Float32, input, output),
            HostOperation.Cast => Types(step, CanCast(input.Type) && CanCast(output.Type), input, output),
            HostOperation.Reshape => Types(step, input.Type == output.Type, input, output),
            HostOperation.Softmax when !float.IsFinite(step.Beta!.Value) => $"The beta of {step.Operation} is {step.Beta}; it must be finite.",
            HostOperation.Softmax or HostOperation.LogSoftmax => Rows(step, input, output),
            _ => "The host has no such operation.",
        };
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
            : Types(step, input.Type == DataType.Float32 && output.Type == DataType.Float32, input, output);
    }

    private static string Describe(HostTensor tensor)
    {
        return tensor.Type.ToString().ToLowerInvariant() + (tensor.Scale is null ? " without a scale" : " with a scale");
    }
}
