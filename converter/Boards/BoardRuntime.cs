namespace EdgeQuant.Converter.Boards;

/// <summary>Which .NET a board runs.</summary>
internal enum BoardRuntime
{
    /// <summary>.NET with an operating system.</summary>
    Net,

    /// <summary>.NET nanoFramework on the bare chip.</summary>
    NanoFramework,
}
