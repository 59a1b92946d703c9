using System.Text.Json;

namespace EdgeQuant.Converter.Json;

/// <summary>A value in a JSON document that knows where it stands.</summary>
/// <param name="Path">Its JSON path.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A string's characters, a number's digits.</param>
/// <param name="Members">An object's members in their order.</param>
/// <param name="Elements">An array's elements.</param>
internal sealed record JsonPart(
    string Path, int Line, JsonValueKind Kind, string Text, IReadOnlyList<(string Name, JsonPart Value)> Members, IReadOnlyList<JsonPart> Elements)
{
    /// <summary>Where it stands, for messages.</summary>
    public string Place => $"{Path} (line {Line})";

    /// <summary>What it is, for messages.</summary>
    public string Found => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"\"{Text}\"",
        JsonValueKind.Number => Text,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}
