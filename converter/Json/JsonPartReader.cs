using System.Text;
using System.Text.Json;

namespace EdgeQuant.Converter.Json;

/// <summary>Reads a JSON document (RFC 8259, no comments, no trailing commas) with the place of every value.</summary>
internal ref struct JsonPartReader
{
    private const int Deepest = 16;

    private readonly ReadOnlySpan<byte> _json;
    private readonly List<JsonProblem> _problems;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _counted;

    private JsonPartReader(ReadOnlySpan<byte> json, List<JsonProblem> problems)
    {
        _json = json;
        _problems = problems;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
    }

    /// <summary>Reads the document.</summary>
    /// <param name="json">UTF-8, a byte order mark in front or not.</param>
    /// <param name="problems">Collects what is wrong: a mistake in the syntax, members that stand twice in an object.</param>
    /// <returns>Null if the syntax is wrong.</returns>
    public static JsonPart? Read(ReadOnlySpan<byte> json, List<JsonProblem> problems)
    {
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        JsonPartReader reader = new(json.StartsWith(mark) ? json[mark.Length..] : json, problems);
        try
        {
            reader._reader.Read();
            JsonPart part = reader.Part("$");
            reader._reader.Read();
            return part;
        }
        catch (JsonException exception)
        {
            string reason = exception.Message.Split(". LineNumber", 2)[0].TrimEnd('.');
            problems.Add(new JsonProblem($"line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}", "no JSON: " + reason, "one JSON object"));
            return null;
        }
        catch (InvalidOperationException)
        {
            problems.Add(new JsonProblem($"line {reader.Line()}", "a string that is no valid UTF-8", "UTF-8 text"));
            return null;
        }
    }

    private JsonPart Part(string path)
    {
        int line = Line();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return new JsonPart(path, line, JsonValueKind.Object, "", Members(path), []);
            case JsonTokenType.StartArray:
                return new JsonPart(path, line, JsonValueKind.Array, "", [], Elements(path));
            case JsonTokenType.String:
                return Value(path, line, JsonValueKind.String, _reader.GetString()!);
            case JsonTokenType.Number:
                return Value(path, line, JsonValueKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan));
            case JsonTokenType.True:
                return Value(path, line, JsonValueKind.True, "");
            case JsonTokenType.False:
                return Value(path, line, JsonValueKind.False, "");
            default:
                return Value(path, line, JsonValueKind.Null, "");
        }
    }

    private List<(string Name, JsonPart Value)> Members(string path)
    {
        List<(string Name, JsonPart Value)> members = [];
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = _reader.GetString()!;
            _reader.Read();
            JsonPart value = Part($"{path}.{name}");
            if (members.Exists(member => member.Name == name))
            {
                _problems.Add(new JsonProblem(value.Place, $"the member \"{name}\" a second time", "each member once"));
            }

            members.Add((name, value));
        }

        return members;
    }

    private List<JsonPart> Elements(string path)
    {
        List<JsonPart> elements = [];
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(Part($"{path}[{elements.Count}]"));
        }

        return elements;
    }

    private static JsonPart Value(string path, int line, JsonValueKind kind, string text)
    {
        return new JsonPart(path, line, kind, text, [], []);
    }

    private int Line()
    {
        int at = (int)_reader.TokenStartIndex;
        _line += _json[_counted..at].Count((byte)'\n');
        _counted = at;
        return _line;
    }
}
