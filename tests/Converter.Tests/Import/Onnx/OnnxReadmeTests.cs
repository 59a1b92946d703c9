using System.Text.RegularExpressions;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>The README's tables of operators are those of the code.</summary>
public sealed partial class OnnxReadmeTests
{
    private const string Operators = "## Operators";
    private const string RuntimeOperators = "Of ONNX Runtime's own domain";

    [Fact]
    public void The_tables_name_the_operators_that_are_supported()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "converter", "Import", "Onnx", "README.md"));
        string[] parts = readme.Split(Operators)[1].Split(RuntimeOperators);

        Assert.Equal(OperatorTable.Names.Order(StringComparer.Ordinal), Named(parts[0]));
        Assert.Equal(OperatorTable.RuntimeNames.Order(StringComparer.Ordinal), Named(parts[1]));
    }

    /// <summary>The names in the second column of a table, without what is said of them in brackets or behind a colon.</summary>
    private static IEnumerable<string> Named(string text)
    {
        return text.Split('\n')
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .SelectMany(line => Brackets().Replace(line.Split('|')[2], "").Split(':')[0].Split(','))
            .Select(name => name.Trim())
            .Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Brackets();
}
