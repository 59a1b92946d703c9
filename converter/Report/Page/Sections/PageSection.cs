namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>A part of the page with a heading that navigation leads to.</summary>
internal static class PageSection
{
    /// <summary>Opens a section.</summary>
    /// <param name="html">The page.</param>
    /// <param name="id">What links lead to.</param>
    /// <param name="title">The heading.</param>
    /// <param name="lead">What is to be seen, in a sentence or two.</param>
    public static HtmlWriter.Scope Begin(HtmlWriter html, string id, string title, string lead)
    {
        HtmlWriter.Scope section = html.In("section", ("id", id), ("aria-labelledby", $"{id}-title"));
        html.Element("h2", title, ("id", $"{id}-title"));
        html.Element("p", lead, ("class", "lead"));
        return section;
    }

    /// <summary>Writes a name and what is to say about it, inside of a dl.</summary>
    public static void Fact(HtmlWriter html, string name, string fact)
    {
        html.Element("dt", name);
        html.Element("dd", fact);
    }
}
