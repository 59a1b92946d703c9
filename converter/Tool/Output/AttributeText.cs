using System.Globalization;
using EdgeQuant.Converter.Report;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Tool.Output;

/// <summary>The attributes of an operator that tell a person something: strides that are not 1, padding that is not 0, the function that it computes.</summary>
internal static class AttributeText
{
    private static readonly string[] Switches = ["left transposed", "right transposed", "time first"];

    private static readonly (string First, string Second)[] Pairs = [(" height", " width"), (" top", " left")];

    /// <summary>The attributes in a line: "stride 2x2, padding 1x0"; empty where all are as one would expect.</summary>
    public static string Of(IReadOnlyList<AttributeReport> attributes)
    {
        Dictionary<string, int> values = [];
        foreach (AttributeReport attribute in attributes)
        {
            values.TryAdd(attribute.Name, attribute.Value);
        }

        List<string> texts = [];
        foreach ((string name, int value) in values)
        {
            if (NameOf(name, value) is string text)
            {
                texts.Add(text);
            }

            foreach ((string first, string second) in Pairs)
            {
                if (name.EndsWith(first, StringComparison.Ordinal) && values.TryGetValue(name[..^first.Length] + second, out int other))
                {
                    Add(texts, name[..^first.Length], value, other);
                }
            }
        }

        return string.Join(", ", texts);
    }

    private static string? NameOf(string name, int value)
    {
        return name switch
        {
            "relation" => ((Relation)value).ToString(),
            "function" => ((IntegerFunction)value).ToString(),
            _ => value == 1 && Switches.Contains(name, StringComparer.Ordinal) ? name : null,
        };
    }

    private static void Add(List<string> texts, string name, int first, int second)
    {
        int usual = name is "padding" ? 0 : 1;
        if (first != usual || second != usual)
        {
            texts.Add($"{name} {first.ToString(CultureInfo.InvariantCulture)}x{second.ToString(CultureInfo.InvariantCulture)}");
        }
    }
}
