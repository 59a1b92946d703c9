using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>An operator as it will stand in the file.</summary>
/// <param name="Kind">What the device executes.</param>
/// <param name="Inputs">Operands that it reads; null where one is absent.</param>
/// <param name="Outputs">Operands that it writes.</param>
/// <param name="Scratch">Memory that lives while it runs.</param>
/// <param name="Attributes">Integers, in the order in which the operator's constructor reads them.</param>
/// <param name="Node">The node that it came from.</param>
internal sealed record LoweredOperator(
    OperatorKind Kind,
    IReadOnlyList<LoweredTensor?> Inputs,
    IReadOnlyList<LoweredTensor> Outputs,
    IReadOnlyList<LoweredTensor> Scratch,
    IReadOnlyList<int> Attributes,
    Node Node)
{
    /// <summary>True if it reads its inputs again after it has started to write: it finds the scale of its results, and has no room to keep them.</summary>
    public bool ComputesTwice =>
        Kind is OperatorKind.DynamicConvolution or OperatorKind.DynamicDepthwiseConvolution or OperatorKind.DynamicFullyConnected or OperatorKind.DynamicMatrixProduct
        && !Scratch.Any(tensor => tensor.Type == ElementType.Int32);
}
