namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>A place on the drawing; x grows to the right, y downwards.</summary>
internal readonly record struct LayoutPoint(double X, double Y);
