namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>Names of values, each given once. The format knows values by name only.</summary>
internal sealed class OnnxNames
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>A name as it is wanted, or with a number behind it where that is taken. An empty name would mean an absent input.</summary>
    public string Give(string wanted)
    {
        string name = wanted.Length == 0 ? "tensor" : wanted;
        string free = name;
        int number = _next.GetValueOrDefault(name);
        while (!_given.Add(free))
        {
            free = $"{name}_{++number}";
        }

        _next[name] = number;
        return free;
    }
}
