using System.Text.Json;

namespace EdgeQuant.Tool.Output;

/// <summary>A model card as lines: a property each, the members of objects and of lists of objects each in a line of their own.</summary>
internal static class CardText
{
    public static IEnumerable<string> Lines(JsonElement card)
    {
        if (card.ValueKind != JsonValueKind.Object)
        {
            yield return Inline(card);
            yield break;
        }

        foreach (JsonProperty property in card.EnumerateObject())
        {
            List<string> members = Members(property.Value);
            yield return members.Count == 0 ? $"{property.Name}: {Inline(property.Value)}" : property.Name + ":";
            foreach (string member in members)
            {
                yield return "  " + member;
            }
        }
    }

    private static List<string> Members(JsonElement value)
    {
        return value.ValueKind switch
        {
            JsonValueKind.Object => Properties(value, ": "),
            JsonValueKind.Array when HasObjects(value) => Numbered(Items(value)),
            _ => [],
        };
    }

    private static string Inline(JsonElement value)
    {
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Object => string.Join(", ", Properties(value, " ")),
            JsonValueKind.Array => $"[{string.Join(", ", Items(value))}]",
            _ => value.GetRawText(),
        };
    }

    private static List<string> Properties(JsonElement value, string separator)
    {
        List<string> properties = [];
        foreach (JsonProperty property in value.EnumerateObject())
        {
            properties.Add(property.Name + separator + Inline(property.Value));
        }

        return properties;
    }

    private static List<string> Items(JsonElement value)
    {
        List<string> items = [];
        foreach (JsonElement item in value.EnumerateArray())
        {
            items.Add(Inline(item));
        }

        return items;
    }

    private static bool HasObjects(JsonElement value)
    {
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Numbered(List<string> items)
    {
        return [.. items.Select((item, i) => $"{i}: {item}")];
    }
}
