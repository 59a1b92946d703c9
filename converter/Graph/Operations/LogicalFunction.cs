namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Functions of two truth values.</summary>
internal enum LogicalFunction
{
    And,
    Or,
}
