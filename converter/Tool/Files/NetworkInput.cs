using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Import;

namespace EdgeQuant.Tool.Files;

/// <summary>Reads networks that are to be run, in whatever form they are.</summary>
internal static class NetworkInput
{
    /// <summary>Loads a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="import">What its import is told, if it is no model file.</param>
    /// <exception cref="ToolException">It cannot be read, or is malformed.</exception>
    public static Subject Load(string path, ImportOptions import)
    {
        byte[] file = InputFile.Read(path);
        return InputFile.Parse(path, () => SubjectFile.Load(Path.GetFileName(path), file, InputFile.Beside(path, import)));
    }
}
