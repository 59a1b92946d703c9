using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>What operators on rows (the last axis) need: at least one axis, equal shapes, quantization of both sides.</summary>
internal static class RowCheck
{
    /// <summary>Checks input 0 and output 0 of a node.</summary>
    /// <returns>False, after saying why, if something is not supported.</returns>
    public static bool Passes(LoweringContext context, Node node)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        int before = context.Refusals.Count;
        if (input.Rank == 0 || !input.Shape.AsSpan().SequenceEqual(output.Shape))
        {
            context.Refuse("Input and output must have one shape with at least one axis.", "The file is inconsistent; convert the network again.");
        }

        if (!IsQuantized(input) || !IsQuantized(output))
        {
            context.Refuse(
                "Input and output must be integers with one scale above 0 each.",
                "Quantize the network to int8 or int16 throughout: real numbers are supported at its inputs and outputs only.");
        }

        return context.Refusals.Count == before;
    }

    private static bool IsQuantized(Tensor tensor)
    {
        return tensor.Quantization is { IsPerChannel: false, Scale: > 0 } quantization && float.IsFinite(quantization.Scale);
    }
}
