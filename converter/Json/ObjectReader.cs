using System.Globalization;
using System.Text.Json;

namespace EdgeQuant.Converter.Json;

/// <summary>
/// Reads the members of a JSON object by name. What is absent gives null; what is not as it should be is collected and gives null too.
/// <see cref="End"/> collects the members that nobody asked for.
/// </summary>
internal sealed class ObjectReader
{
    private readonly JsonPart? _object;
    private readonly List<JsonProblem> _problems;
    private readonly List<string> _known = [];

    /// <param name="part">The object; null if it is absent.</param>
    /// <param name="problems">Collects what is wrong.</param>
    public ObjectReader(JsonPart? part, List<JsonProblem> problems)
    {
        _problems = problems;
        if (part is not null && part.Kind != JsonValueKind.Object)
        {
            Refuse(part, "an object");
            part = null;
        }

        _object = part;
    }

    /// <summary>True if the object is there, whatever is in it.</summary>
    public bool IsPresent => _object is not null;

    /// <summary>Where it stands.</summary>
    public string Place => _object?.Place ?? "$";

    /// <summary>A member of any kind.</summary>
    public JsonPart? Part(string name)
    {
        if (!_known.Contains(name, StringComparer.Ordinal))
        {
            _known.Add(name);
        }

        return _object?.Members.LastOrDefault(member => member.Name == name).Value;
    }

    /// <summary>Collects that a member is absent.</summary>
    /// <param name="name">The member, which must be there.</param>
    /// <param name="allowed">What it may be.</param>
    public void Require(string name, string allowed)
    {
        if (_object is not null && Part(name) is null)
        {
            _problems.Add(new JsonProblem(Place, $"no member \"{name}\"", allowed));
        }
    }

    /// <summary>A member that is an object.</summary>
    public ObjectReader Object(string name)
    {
        return new ObjectReader(Part(name), _problems);
    }

    /// <summary>The elements of a member that is an array; none if it is absent.</summary>
    public IReadOnlyList<JsonPart> Array(string name)
    {
        JsonPart? part = Part(name);
        if (part is null || part.Kind == JsonValueKind.Array)
        {
            return part?.Elements ?? [];
        }

        Refuse(part, "an array");
        return [];
    }

    public string? Text(string name)
    {
        JsonPart? part = Part(name);
        if (part is null || (part.Kind == JsonValueKind.String && part.Text.Length > 0))
        {
            return part?.Text;
        }

        Refuse(part, "a string that is not empty");
        return null;
    }

    /// <summary>The elements of a member that is an array of strings; null if it is absent.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Part(name) is null)
        {
            return null;
        }

        List<string> texts = [];
        foreach (JsonPart element in Array(name))
        {
            if (element.Kind != JsonValueKind.String || element.Text.Length == 0)
            {
                Refuse(element, "a string that is not empty");
            }
            else if (texts.Contains(element.Text, StringComparer.Ordinal))
            {
                Refuse(element, "each string once");
            }

            texts.Add(element.Text);
        }

        return texts;
    }

    public bool? Flag(string name)
    {
        JsonPart? part = Part(name);
        if (part is null || part.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return part is null ? null : part.Kind == JsonValueKind.True;
        }

        Refuse(part, "true or false");
        return null;
    }

    /// <summary>One of a few words.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        JsonPart? part = Part(name);
        if (part is null)
        {
            return null;
        }

        return Word(part, Words.Of<T>()) is int index ? Enum.GetValues<T>()[index] : null;
    }

    /// <summary>One of a few words, by its position among them; null if it is none.</summary>
    public int? Word(JsonPart part, IReadOnlyList<string> words)
    {
        int index = part.Kind == JsonValueKind.String ? words.ToList().IndexOf(part.Text) : -1;
        if (index >= 0)
        {
            return index;
        }

        Refuse(part, string.Join(", ", words.Select(word => $"\"{word}\"")), part.Kind == JsonValueKind.String ? NearMiss.Sentence(part.Text, words) : "");
        return null;
    }

    public int? Whole(string name, int least = int.MinValue, int most = int.MaxValue)
    {
        JsonPart? part = Part(name);
        if (part is null)
        {
            return null;
        }

        if (part.Kind == JsonValueKind.Number && int.TryParse(part.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
        {
            return value;
        }

        Refuse(part, least == int.MinValue ? "a whole number" : $"a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A number for which a condition holds.</summary>
    /// <param name="name">The member.</param>
    /// <param name="holds">The condition.</param>
    /// <param name="allowed">The condition in words.</param>
    public double? Number(string name, Func<double, bool> holds, string allowed)
    {
        JsonPart? part = Part(name);
        double? value = NumberOf(part);
        if (part is null || (value is double number && holds(number)))
        {
            return value;
        }

        Refuse(part, allowed);
        return null;
    }

    /// <summary>The number that a value is; null if it is none, or beyond double precision.</summary>
    public static double? NumberOf(JsonPart? part)
    {
        return part?.Kind == JsonValueKind.Number && double.TryParse(part.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : null;
    }

    /// <summary>Collects the members that were not asked for.</summary>
    public void End()
    {
        foreach ((string name, JsonPart value) in _object?.Members ?? [])
        {
            if (!_known.Contains(name, StringComparer.Ordinal))
            {
                _problems.Add(new JsonProblem(value.Place, $"the unknown member \"{name}\"", string.Join(", ", _known), NearMiss.Sentence(name, _known)));
            }
        }
    }

    /// <summary>Says that a value is not as it should be.</summary>
    public void Refuse(JsonPart part, string allowed, string help = "")
    {
        _problems.Add(new JsonProblem(part.Place, part.Found, allowed, help));
    }
}
