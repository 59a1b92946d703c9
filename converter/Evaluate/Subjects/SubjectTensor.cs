namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>A tensor of a network whose values can be looked at.</summary>
/// <param name="Name">Its name in the source; empty if it has none.</param>
/// <param name="Shape">The sizes, outermost first.</param>
/// <param name="Scale">The distance of neighbouring values that it can hold; 0 where it holds real numbers.</param>
internal sealed record SubjectTensor(string Name, int[] Shape, float Scale)
{
    /// <summary>What computes it, as reports name operations; empty for inputs.</summary>
    public string Operator { get; init; } = "";

    /// <summary>What it is computed from: positions among what can be looked at between inputs and outputs; empty where that is not known.</summary>
    public IReadOnlyList<int> Sources { get; init; } = [];

    public int ElementCount => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>For messages: name and shape.</summary>
    public override string ToString()
    {
        string shape = $"[{string.Join(',', Shape)}]";
        return Name.Length == 0 ? shape : $"'{Name}' {shape}";
    }
}
