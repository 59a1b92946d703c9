namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Data with a box of it replaced. Inputs: data, update (same rank, no axis longer), first index of the box on each axis; the box is moved
/// back where it would reach beyond the data.
/// </summary>
internal sealed record DynamicUpdateSlice : Operation;
