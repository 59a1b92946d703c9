namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>What Einsum's equation says: a letter for each axis of each operand, and of the result. Axes that dots stand for have letters of their own.</summary>
/// <param name="Inputs">The letters of each operand.</param>
/// <param name="Output">The letters of the result, each once.</param>
internal sealed record EinsumEquation(IReadOnlyList<string> Inputs, string Output)
{
    private const string Dots = "...";

    // Letters that no equation can name.
    private const char FirstOfDots = '\uE000';

    /// <summary>Reads an equation.</summary>
    /// <param name="text">The equation, as <c>bij,bjk->bik</c>. Without an arrow the result has the letters that stand once, in their order.</param>
    /// <param name="ranks">The number of axes of each operand.</param>
    /// <exception cref="RefusedOperatorException">It does not fit the operands.</exception>
    public static EinsumEquation Parse(string text, IReadOnlyList<int> ranks)
    {
        string[] sides = text.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] inputs = sides[0].Split(',');
        Require(sides.Length <= 2 && inputs.Length == ranks.Count && Array.TrueForAll(sides, side => side.Split(Dots.ToCharArray()[0]).Length is 1 or > 3));
        int most = inputs.Select((input, i) => input.Contains(Dots, StringComparison.Ordinal) ? ranks[i] - (input.Length - Dots.Length) : 0).Max();
        Require(most is >= 0 and < 64);
        string all = new([.. Enumerable.Range(0, most).Select(i => (char)(FirstOfDots + i))]);
        string[] labels = [.. inputs.Select((input, i) => Labels(input, all, ranks[i]))];
        string output = sides.Length == 2 ? sides[1].Replace(Dots, all, StringComparison.Ordinal) : Implied(labels, all);
        Require(output.Distinct().Count() == output.Length && output.All(letter => IsLabel(letter) && Array.Exists(labels, label => label.Contains(letter, StringComparison.Ordinal))));
        return new EinsumEquation(labels, output);

        void Require(bool condition)
        {
            ImportContext.Require(condition, $"Its equation '{Shapes.Short(text)}' does not fit {ranks.Count} inputs of {Shapes.Text(ranks)} dimensions.");
        }

        string Labels(string input, string dots, int rank)
        {
            int own = rank - (input.Length - Dots.Length);
            string named = input.Contains(Dots, StringComparison.Ordinal) && own >= 0 ? input.Replace(Dots, dots[^own..], StringComparison.Ordinal) : input;
            Require(named.Length == rank && named.All(IsLabel));
            return named;
        }
    }

    private static bool IsLabel(char letter)
    {
        return char.IsAsciiLetter(letter) || letter >= FirstOfDots;
    }

    private static string Implied(string[] labels, string dots)
    {
        string all = string.Concat(labels);
        return dots + new string([.. all.Where(letter => letter < FirstOfDots && all.Count(other => other == letter) == 1).Order()]);
    }
}
