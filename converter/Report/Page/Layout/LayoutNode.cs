namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>The size of a node that is to be placed.</summary>
internal readonly record struct LayoutNode(double Width, double Height);
