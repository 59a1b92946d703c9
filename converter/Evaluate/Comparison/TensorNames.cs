namespace EdgeQuant.Converter.Evaluate.Comparison;

/// <summary>
/// Names of one tensor in two files of a network. TensorFlow Lite joins the names of what it fuses with semicolons, and puts the scope before
/// each that the network had when it was saved: <c>relu/Relu;conv/Conv2D</c> and <c>model_8/relu/Relu;model_8/conv/Conv2D</c> are one tensor.
/// What is quantized of a real tensor has a word behind its name, here as there: <c>Identity_int8</c>.
/// </summary>
internal static class TensorNames
{
    private static readonly string[] s_suffixes = ["_int8", "_int16", "_uint8", "_quantized"];

    /// <summary>The parts of a joined name.</summary>
    public static string[] Parts(string name)
    {
        return [.. name.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(WithoutSuffix)];
    }

    /// <summary>How many parts of one name stand in the other, but for scopes.</summary>
    public static int Common(string[] first, string[] second)
    {
        return first.Count(part => Array.Exists(second, other => IsSame(part, other)));
    }

    private static bool IsSame(string first, string second)
    {
        return first.Length == second.Length ? first == second : first.Length < second.Length ? IsScoped(second, first) : IsScoped(first, second);
    }

    private static bool IsScoped(string scoped, string name)
    {
        return scoped.EndsWith(name, StringComparison.Ordinal) && scoped[^(name.Length + 1)] == '/';
    }

    private static string WithoutSuffix(string part)
    {
        string? suffix = Array.Find(s_suffixes, word => part.Length > word.Length && part.EndsWith(word, StringComparison.Ordinal));
        return suffix is null ? part : part[..^suffix.Length];
    }
}
