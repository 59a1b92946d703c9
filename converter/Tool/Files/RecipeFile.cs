using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Tool.Files;

/// <summary>Reads recipes that a person named.</summary>
internal static class RecipeFile
{
    /// <exception cref="ToolException">The file cannot be read.</exception>
    /// <exception cref="RecipeException">It is no recipe: everything that is wrong with it.</exception>
    public static Recipe Read(string path)
    {
        return RecipeJson.Read(InputFile.Read(path), path);
    }
}
