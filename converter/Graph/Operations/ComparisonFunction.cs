namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>What a comparison asks of its first and second number.</summary>
internal enum ComparisonFunction
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
