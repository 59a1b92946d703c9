using System.Text.Json;

namespace EdgeQuant.Tool.Output;

/// <summary>A model card as lines: a property each, the members of objects and of lists of objects each in a line of their own.</summary>
internal static class CardText
{
    public static IEnumerable<string> Lines(JsonElement card)
    {
        if (card.ValueKind != JsonValueKind.Object)
        {
            return [Inline(card)];
        }

        return card.EnumerateObject().SelectMany(property => Members(property.Value) is { Length: > 0 } members
            ? members.Select(member => "  " + member).Prepend(property.Name + ":")
            : [$"{property.Name}: {Inline(property.Value)}"]);
    }

    private static string[] Members(JsonElement value)
    {
        return value.ValueKind switch
        {
            JsonValueKind.Object => [.. value.EnumerateObject().Select(property => $"{property.Name}: {Inline(property.Value)}")],
            JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object) => [.. value.EnumerateArray().Select((item, i) => $"{i}: {Inline(item)}")],
            _ => [],
        };
    }

    private static string Inline(JsonElement value)
    {
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{property.Name} {Inline(property.Value)}")),
            JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Inline))}]",
            _ => value.GetRawText(),
        };
    }
}
