namespace EdgeQuant.Converter.Evaluate.Sensitivity;

/// <summary>What the quantization of one operator costs.</summary>
/// <param name="Position">Its position among the operators, as recipes count them.</param>
/// <param name="Kind">What it computes, as recipes name it.</param>
/// <param name="Name">The name of its first output, by which recipes find it.</param>
/// <param name="Scheme">How it is quantized, in a few words.</param>
/// <param name="Alone">With this operator quantized and no other.</param>
/// <param name="AllBut">With all operators quantized but this.</param>
/// <param name="Share">Its share of the noise in the quantized network's outputs, estimated from both, 0 to about 1.</param>
internal sealed record OperatorCost(int Position, string Kind, string Name, string Scheme, Measurement Alone, Measurement AllBut, double Share);
