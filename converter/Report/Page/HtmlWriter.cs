using System.Globalization;
using System.Text;

namespace EdgeQuant.Converter.Report.Page;

/// <summary>
/// Writes HTML and the SVG in it. Whatever text it is given stands on the page as text: names from model files are hostile until proven
/// otherwise.
/// </summary>
internal sealed class HtmlWriter
{
    private const char Replacement = '\uFFFD';

    private readonly StringBuilder _html = new();
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element until the result is disposed.</summary>
    /// <param name="element">Its name.</param>
    /// <param name="attributes">Its attributes; those without a value (null) are left out, an empty value is a switch.</param>
    public Scope In(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _html.Append('<').Append(element);
        foreach ((string name, string? value) in attributes)
        {
            if (value is not null)
            {
                _html.Append(' ').Append(name);
                if (value.Length > 0)
                {
                    _html.Append("=\"");
                    Escape(value);
                    _html.Append('"');
                }
            }
        }

        _html.Append('>');
        _open.Push(element);
        return new Scope(this);
    }

    /// <summary>Writes an element that holds text only.</summary>
    public void Element(string element, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (In(element, attributes))
        {
            Text(text);
        }
    }

    /// <summary>Writes text.</summary>
    public void Text(string text)
    {
        Escape(text);
    }

    /// <summary>Writes a part of the page that is our own, as it is.</summary>
    public void Raw(string html)
    {
        _html.Append(html);
    }

    /// <summary>Writes an element that holds nothing, as most of SVG do.</summary>
    public void Leaf(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        In(element, attributes).Dispose();
    }

    /// <summary>Writes an element of HTML that has no end tag: meta, input.</summary>
    public void Void(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        In(element, attributes);
        _open.Pop();
    }

    /// <summary>A coordinate as an attribute: tenths are enough.</summary>
    public static string Number(double value)
    {
        return Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
    }

    public override string ToString()
    {
        return _html.ToString();
    }

    private void Close()
    {
        _html.Append("</").Append(_open.Pop()).Append('>');
    }

    private void Escape(string text)
    {
        foreach (char character in text)
        {
            switch (character)
            {
                case '<':
                    _html.Append("&lt;");
                    break;
                case '>':
                    _html.Append("&gt;");
                    break;
                case '&':
                    _html.Append("&amp;");
                    break;
                case '"':
                    _html.Append("&quot;");
                    break;
                case '\'':
                    _html.Append("&#39;");
                    break;
                default:
                    _html.Append(IsUnwanted(character) ? Replacement : character);
                    break;
            }
        }
    }

    /// <summary>Control characters are not allowed in HTML; characters that change the direction of text would let a name rearrange the page around it.</summary>
    private static bool IsUnwanted(char character)
    {
        return (char.IsControl(character) && character is not ('\n' or '\t'))
            || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\uFFFE' or '\uFFFF';
    }

    /// <summary>An open element.</summary>
    internal readonly struct Scope(HtmlWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer.Close();
        }
    }
}
