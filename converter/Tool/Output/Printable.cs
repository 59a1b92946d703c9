namespace EdgeQuant.Tool.Output;

/// <summary>
/// Text from files, such as names of tensors, without the control characters that a terminal would obey.
/// </summary>
internal static class Printable
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with control characters replaced; ends of lines stay.</summary>
    public static string Of(string text)
    {
        return text.Any(IsUnwanted) ? string.Create(text.Length, text, (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = IsUnwanted(source[i]) ? Replacement : source[i];
            }
        }) : text;
    }

    private static bool IsUnwanted(char character)
    {
        return char.IsControl(character) && character != '\n';
    }
}
