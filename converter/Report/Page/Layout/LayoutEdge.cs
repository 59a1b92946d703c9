namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>An edge between two nodes by their numbers; it points from a smaller number to a larger one.</summary>
internal readonly record struct LayoutEdge(int From, int To);
