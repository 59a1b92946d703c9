using System.Security.Cryptography;
using System.Text;
using EdgeQuant.Converter.Report.Page.Sections;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page;

/// <summary>
/// A report as one page that needs nothing else: style, script and drawings stand in it, and its content security policy allows nothing but
/// those two, by their hashes. Without script everything can still be read.
/// </summary>
internal static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">What it shows.</param>
    /// <param name="jsonName">The name of the file that has the same as JSON, which the page mentions.</param>
    public static byte[] Write(QuantizationReport report, string jsonName)
    {
        string style = Asset("page.css");
        string script = Asset("page.js");
        HtmlWriter html = new();
        html.Raw("<!DOCTYPE html>\n");
        using (html.In("html", ("lang", "en")))
        {
            Head(html, report, style, script);
            using (html.In("body"))
            {
                html.Element("a", "Skip to the content", ("class", "skip"), ("href", "#content"));
                HeaderSection.Write(html, report);
                using (html.In("main", ("id", "content")))
                {
                    HeadlineSection.Write(html, report);
                    GraphSection.Write(html, report);
                    OperatorSection.Write(html, report);
                    DistributionSection.Write(html, report);
                    CalibrationSection.Write(html, report);
                    RepairSection.Write(html, report);
                    SensitivitySection.Write(html, report);
                    MemorySection.Write(html, report);
                    RecipeSection.Write(html, report);
                    FactSection.Write(html, report);
                }

                using (html.In("footer"))
                {
                    html.Text($"Made by EdgeQuant {report.Subject.Tool}. The same content for programs: ");
                    html.Element("code", jsonName);
                }

                html.Raw($"<script>{script}</script>");
            }
        }

        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(html.ToString());
    }

    private static void Head(HtmlWriter html, QuantizationReport report, string style, string script)
    {
        using (html.In("head"))
        {
            html.Void("meta", ("charset", "utf-8"));
            string policy = $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'";
            html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", policy));
            html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
            html.Void("link", ("rel", "icon"), ("href", "data:,"));
            html.Element("title", $"{report.Subject.Model} – quantization report");
            html.Raw($"<style>{style}</style>");
        }
    }

    /// <summary>An asset as it stands in the page: its hash is that of the text between the tags, whose line ends a browser would normalize.</summary>
    private static string Asset(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is absent.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text)
    {
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
