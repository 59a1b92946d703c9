namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>One end of a piece of an edge between two layers.</summary>
/// <param name="Other">What is at the other end.</param>
/// <param name="Pull">How much the piece wants to be straight.</param>
internal readonly record struct Link(Vertex Other, double Pull);
