namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>What a reduction makes of the elements that it takes together. "Any" and "all" are for bool.</summary>
internal enum ReduceFunction
{
    Mean,
    Sum,
    Maximum,
    Minimum,
    Any,
    All,
}
