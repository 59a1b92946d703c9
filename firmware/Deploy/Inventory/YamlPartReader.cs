using System.Text.Json;
using EdgeQuant.Converter.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EdgeQuant.Firmware.Deploy.Inventory;

/// <summary>Reads a YAML document (1.2, core schema) as the values that JSON has, with the place of each. Keys are plain words.</summary>
internal static class YamlPartReader
{
    private const int Deepest = 16;

    /// <summary>Reads the document.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="problems">Collects what is wrong: a mistake in the syntax, a key that stands twice, more than one document.</param>
    /// <returns>Null if it cannot be read.</returns>
    public static JsonPart? Read(string yaml, List<JsonProblem> problems)
    {
        try
        {
            YamlStream stream = [];
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 1)
            {
                return Part("$", stream.Documents[0].RootNode, 0);
            }

            problems.Add(new JsonProblem("the file", $"{stream.Documents.Count} documents", "one YAML document"));
        }
        catch (YamlException exception)
        {
            string reason = exception.InnerException?.Message ?? exception.Message;
            problems.Add(new JsonProblem($"line {exception.Start.Line}, column {exception.Start.Column}", "no YAML: " + reason.ReplaceLineEndings(" ").TrimEnd('.'), "one YAML document"));
        }

        return null;
    }

    private static JsonPart Part(string path, YamlNode node, int depth)
    {
        int line = (int)node.Start.Line;
        if (depth > Deepest)
        {
            throw new YamlException(node.Start, node.End, $"values within values, more than {Deepest} deep");
        }

        return node switch
        {
            YamlMappingNode mapping => new JsonPart(path, line, JsonValueKind.Object, "", [.. mapping.Children.Select(pair => Member(path, pair.Key, pair.Value, depth))], []),
            YamlSequenceNode sequence => new JsonPart(path, line, JsonValueKind.Array, "", [], [.. sequence.Children.Select((child, index) => Part($"{path}[{index}]", child, depth + 1))]),
            YamlScalarNode scalar => new JsonPart(path, line, Kind(scalar), scalar.Value ?? "", [], []),
            _ => throw new YamlException(node.Start, node.End, "a value that is neither a mapping, a list nor a word"),
        };
    }

    private static (string Name, JsonPart Value) Member(string path, YamlNode key, YamlNode value, int depth)
    {
        return key is YamlScalarNode { Value: { } name }
            ? (name, Part($"{path}.{name}", value, depth + 1))
            : throw new YamlException(key.Start, key.End, "a key that is no word");
    }

    private static JsonValueKind Kind(YamlScalarNode scalar)
    {
        return scalar.Style != ScalarStyle.Plain ? JsonValueKind.String : scalar.Value switch
        {
            null or "" or "~" or "null" => JsonValueKind.Null,
            "true" => JsonValueKind.True,
            "false" => JsonValueKind.False,
            { } text when text.Length < 20 && text.All(char.IsAsciiDigit) => JsonValueKind.Number,
            _ => JsonValueKind.String,
        };
    }
}
