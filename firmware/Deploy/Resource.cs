namespace EdgeQuant.Firmware.Deploy;

/// <summary>Text files that are part of this assembly.</summary>
internal static class Resource
{
    /// <summary>Reads one, with the line ends of devices.</summary>
    public static string Text(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
