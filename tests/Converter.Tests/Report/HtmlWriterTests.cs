using EdgeQuant.Converter.Report.Page;
using Xunit;

namespace EdgeQuant.Converter.Tests.Report;

/// <summary>What is written into a page stands there as text.</summary>
public sealed class HtmlWriterTests
{
    [Theory]
    [InlineData("a < b & c > d", "a &lt; b &amp; c &gt; d")]
    [InlineData("\"quoted' ", "&quot;quoted&#39; ")]
    [InlineData("</script><img src=x>", "&lt;/script&gt;&lt;img src=x&gt;")]
    [InlineData("bell\u0007 null\0 escape\u001b", "bell\uFFFD null\uFFFD escape\uFFFD")]
    [InlineData("two\nlines\t", "two\nlines\t")]
    [InlineData("\u202Egnp.exe\u2066", "\uFFFDgnp.exe\uFFFD")]
    [InlineData("größe 大きさ", "größe 大きさ")]
    public void Text_is_escaped(string text, string expected)
    {
        HtmlWriter html = new();
        html.Element("p", text, ("title", text));
        Assert.Equal($"<p title=\"{expected}\">{expected}</p>", html.ToString());
    }

    [Fact]
    public void Attributes_without_a_value_are_left_out_and_empty_ones_are_switches()
    {
        HtmlWriter html = new();
        html.Leaf("option", ("value", null), ("selected", ""));
        Assert.Equal("<option selected></option>", html.ToString());
    }

    [Fact]
    public void Elements_end_in_the_order_in_which_they_are_left()
    {
        HtmlWriter html = new();
        using (html.In("ul"))
        {
            html.Element("li", "one");
            html.Void("br");
        }

        Assert.Equal("<ul><li>one</li><br></ul>", html.ToString());
    }
}
