using System.Reflection;
using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Boards;

/// <summary>The boards that the tool knows: <c>boards/*.json</c>, which are built into it.</summary>
internal static class BoardCatalog
{
    private const string Folder = "boards/";

    /// <summary>All boards, by name.</summary>
    public static IReadOnlyList<Board> All { get; } = Read();

    /// <summary>A board by its name.</summary>
    /// <exception cref="BoardException">There is none of that name.</exception>
    public static Board Find(string name)
    {
        string[] names = [.. All.Select(board => board.Name)];
        return All.FirstOrDefault(board => board.Name == name)
            ?? throw new BoardException($"There is no board '{name}'. {NearMiss.Sentence(name, names)} There are {string.Join(", ", names)}; a file NAME.json may describe another.".Replace("  ", " ", StringComparison.Ordinal));
    }

    private static Board[] Read()
    {
        Assembly assembly = typeof(BoardCatalog).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => Read(assembly, name)).OrderBy(board => board.Name, StringComparer.Ordinal)];
    }

    private static Board Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return BoardReader.Read(bytes, name);
    }
}
