namespace EdgeQuant.Firmware.Deploy;

/// <summary>Lines <c>name=value</c> that a step printed. Others, such as greetings of a login shell, are passed over.</summary>
internal sealed class RemoteValues(IEnumerable<string> lines)
{
    private readonly ILookup<string, string> _values = lines
        .Select(line => line.Split('=', 2))
        .Where(parts => parts.Length == 2)
        .ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>The value of a name; empty if it is not there.</summary>
    public string One(string name)
    {
        return _values[name].FirstOrDefault("");
    }

    /// <summary>All values of a name.</summary>
    public IReadOnlyList<string> All(string name)
    {
        return [.. _values[name]];
    }

    /// <summary>The words of a value.</summary>
    public IReadOnlyList<string> Words(string name)
    {
        return One(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
