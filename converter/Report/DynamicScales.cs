using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Report;

/// <summary>Which tensors of a file have a scale that is found at run time, and which tensor holds it.</summary>
internal static class DynamicScales
{
    /// <summary>Finds them: what operators write or read together with a scale, and what is made of such elements without changing it.</summary>
    /// <param name="operators">The operators of a file, in their order.</param>
    /// <returns>By the position of the data the tensor with the scale.</returns>
    public static IReadOnlyDictionary<int, TensorReport> Of(IReadOnlyList<OperatorReport> operators)
    {
        Dictionary<int, TensorReport> scales = [];
        foreach (OperatorReport op in operators)
        {
            switch (Enum.TryParse(op.Kind, out OperatorKind kind) ? kind : default)
            {
                case OperatorKind.DynamicConvolution or OperatorKind.DynamicDepthwiseConvolution or OperatorKind.DynamicFullyConnected:
                    Add(scales, op.Inputs[0], op.Inputs[5]);
                    Add(scales, op.Outputs[0], op.Outputs[1]);
                    break;
                case OperatorKind.DynamicMatrixProduct:
                    Add(scales, op.Inputs[0], op.Inputs[2]);
                    Add(scales, op.Inputs[1], op.Inputs[3]);
                    Add(scales, op.Outputs[0], op.Outputs[1]);
                    break;
                case OperatorKind.Settle:
                    Add(scales, op.Inputs[0], op.Inputs[1]);
                    break;
            }
        }

        foreach (OperatorReport op in operators)
        {
            if (op is { Inputs: [TensorReport input, ..], Outputs: [{ Type: "int8", Scale: 0 } output] } && scales.TryGetValue(input.Index, out TensorReport? scale))
            {
                scales.TryAdd(output.Index, scale);
            }
        }

        return scales;
    }

    private static void Add(Dictionary<int, TensorReport> scales, TensorReport? data, TensorReport? scale)
    {
        if (data is not null && scale is not null)
        {
            scales.TryAdd(data.Index, scale);
        }
    }
}
