namespace EdgeQuant.Converter.Graph;

/// <summary>An activation that is fused into the operation before it, as a clamp.</summary>
internal enum Activation
{
    None,
    Relu,
    Relu6,
    ReluN1To1,
}
