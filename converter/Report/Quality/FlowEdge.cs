namespace EdgeQuant.Converter.Report.Quality;

/// <summary>A tensor on its way from one operator to another.</summary>
/// <param name="From">The position of the operator that writes it; null for an input of the network.</param>
/// <param name="To">The position of the operator that reads it; null for an output of the network.</param>
/// <param name="Tensor">The position of the tensor that is read.</param>
internal sealed record FlowEdge(int? From, int? To, int Tensor);
