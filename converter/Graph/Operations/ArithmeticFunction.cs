namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Functions of two numbers.</summary>
internal enum ArithmeticFunction
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Maximum,
    Minimum,
    SquaredDifference,
}
