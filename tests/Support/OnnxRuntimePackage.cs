namespace EdgeQuant.Tests.Support;

/// <summary>Where Node.js and the native ONNX Runtime for it are.</summary>
public static class OnnxRuntimePackage
{
    /// <summary>The environment variable that names the package's folder if it is elsewhere; scripts find it there in any case.</summary>
    public const string Variable = "EDGEQUANT_ONNXRUNTIME";

    /// <summary>What is missing where it is not available, and how to get it.</summary>
    public const string Absent = "needs node, and ONNX Runtime: npm install --prefix artifacts/npm --ignore-scripts onnxruntime-node@1.30.0";

    /// <summary>The package's folder, which may not be there.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable(Variable) ?? Path.Combine(Repository.Root, "artifacts", "npm", "node_modules", "onnxruntime-node");

    /// <summary>The program, or null where it is not installed.</summary>
    public static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    public static bool IsAvailable => Node is not null && Directory.Exists(Folder);
}
