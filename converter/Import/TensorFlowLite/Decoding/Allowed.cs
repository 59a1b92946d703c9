namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>What messages say is allowed.</summary>
internal static class Allowed
{
    /// <summary>A position in a list of <paramref name="count"/>.</summary>
    public static string IndexOf(int count) => count == 0 ? "nothing, for there are none" : $"0 to {count - 1}";
}
