using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>The recipe that made the network what it is, to be used again.</summary>
internal static class RecipeSection
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        if (report.Recipe is not JsonElement recipe)
        {
            return;
        }

        using (PageSection.Begin(html, "recipe", "Recipe", Lead(recipe)))
        {
            html.Element("pre", Text(recipe), ("tabindex", "0"));
        }
    }

    private static string Lead(JsonElement recipe)
    {
        return recipe.EnumerateObject().Any()
            ? "What the network was quantized by where that is not the default; saved as a file it gives the same again with --recipe."
            : "The network was quantized by the defaults: nothing has to be said.";
    }

    private static string Text(JsonElement recipe)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            recipe.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
