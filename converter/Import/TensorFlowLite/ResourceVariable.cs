using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>A resource variable: what VAR_HANDLE names, READ_VARIABLE and ASSIGN_VARIABLE touch.</summary>
internal sealed class ResourceVariable(string container, string sharedName)
{
    public string Container { get; } = container;

    public string SharedName { get; } = sharedName;

    /// <summary>The state that holds it; null until something says its type and shape.</summary>
    public Tensor? State { get; set; }

    /// <summary>True once it is known what the variable starts with; before, it starts as what was read first.</summary>
    public bool HasStart { get; set; }
}
