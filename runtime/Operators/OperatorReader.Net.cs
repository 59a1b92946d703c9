namespace EdgeQuant.Runtime.Operators;

/// <summary>On .NET someone may listen while operators read their attributes: this is where reports have the names from.</summary>
internal sealed partial class OperatorReader
{
    /// <summary>Called with name and value of each attribute that is read.</summary>
    internal Action<string, int>? AttributeRead { get; init; }

    partial void OnAttribute(string name, int value)
    {
        AttributeRead?.Invoke(name, value);
    }
}
