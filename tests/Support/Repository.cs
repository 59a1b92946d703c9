namespace EdgeQuant.Tests.Support;

/// <summary>Where the tests run: the repository's root, and what may stand beside it.</summary>
public static class Repository
{
    /// <summary>The folder that holds EdgeQuant.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of reference models and outputs beside the repository; it may be absent.</summary>
    public static string Shared { get; } = Path.Combine(Path.GetDirectoryName(Root)!, "shared");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeQuant.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds EdgeQuant.sln.");
    }
}
