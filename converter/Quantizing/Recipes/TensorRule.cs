namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>What a recipe says of single tensors, before any operator's scheme: a range, or the way to find one.</summary>
/// <param name="Name">A pattern for the tensor's name, with * for any characters and ? for one.</param>
internal sealed record TensorRule(string Name)
{
    /// <summary>The range, smallest and largest value; null to find it by <see cref="Calibration"/>.</summary>
    public (float Minimum, float Maximum)? Range { get; init; }

    /// <summary>How its range is found; null if <see cref="Range"/> says it.</summary>
    public CalibrationScheme? Calibration { get; init; }

    /// <summary>Where it stands in the recipe's file, for messages; empty if it came from none.</summary>
    public string Place { get; init; } = "";
}
