using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeQuant.Converter.Tests.Json;

/// <summary>A JSON document with one value changed to something of every kind, or taken away: every value in turn.</summary>
internal static class ChangedDocuments
{
    /// <summary>All of them, each with what was changed.</summary>
    public static IEnumerable<(string What, JsonNode Document)> Of(JsonNode document)
    {
        foreach (string path in Paths(document, ""))
        {
            foreach (JsonNode? other in new JsonNode?[] { null, -1, 1.5, "", "a word", new JsonObject(), new JsonArray(), new JsonArray("x"), true })
            {
                yield return ($"{path} as {other?.ToJsonString() ?? "null"}", With(document, path, parent => Set(parent, LastOf(path), other)));
            }

            yield return ($"without {path}", With(document, path, parent => Remove(parent, LastOf(path))));
        }
    }

    /// <summary>The paths of all members and elements.</summary>
    private static IEnumerable<string> Paths(JsonNode? node, string path)
    {
        IEnumerable<(string Name, JsonNode? Value)> parts = node switch
        {
            JsonObject members => members.Select(member => (member.Key, member.Value)),
            JsonArray elements => elements.Select((element, i) => (i.ToString(CultureInfo.InvariantCulture), element)),
            _ => [],
        };
        return parts.SelectMany(part => Paths(part.Value, $"{path}/{part.Name}").Prepend($"{path}/{part.Name}"));
    }

    private static JsonNode With(JsonNode document, string path, Action<JsonNode> change)
    {
        JsonNode copy = document.DeepClone();
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        change(names[..^1].Aggregate(copy, (node, name) => node is JsonArray array ? array[Position(name)]! : node[name]!));
        return copy;
    }

    private static void Set(JsonNode parent, string name, JsonNode? value)
    {
        if (parent is JsonArray elements)
        {
            elements[Position(name)] = value?.DeepClone();
        }
        else
        {
            parent[name] = value?.DeepClone();
        }
    }

    private static void Remove(JsonNode parent, string name)
    {
        if (parent is JsonArray elements)
        {
            elements.RemoveAt(Position(name));
        }
        else
        {
            parent.AsObject().Remove(name);
        }
    }

    private static string LastOf(string path)
    {
        return path[(path.LastIndexOf('/') + 1)..];
    }

    private static int Position(string name)
    {
        return int.Parse(name, CultureInfo.InvariantCulture);
    }
}
