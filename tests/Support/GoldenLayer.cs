namespace EdgeQuant.Tests.Support;

/// <summary>What one operator of a network gave for record 0.</summary>
/// <param name="Operator">The operator's position in the source.</param>
/// <param name="OperatorName">The operator's name in the source.</param>
/// <param name="Tensor">The output's tensor index in the source.</param>
/// <param name="Bytes">The output's bytes.</param>
public sealed record GoldenLayer(int Operator, string OperatorName, int Tensor, byte[] Bytes);
