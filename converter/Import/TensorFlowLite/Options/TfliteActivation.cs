namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>What an operator applies to its result, as <c>ActivationFunctionType</c> of the schema.</summary>
internal enum TfliteActivation : sbyte
{
    None = 0,
    Relu = 1,
    ReluN1To1 = 2,
    Relu6 = 3,
    Tanh = 4,
    SignBit = 5,
}
