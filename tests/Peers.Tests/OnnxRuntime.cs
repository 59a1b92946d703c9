using System.Diagnostics;
using System.Text.Json;
using EdgeQuant.Tests.Support;

namespace EdgeQuant.Peers.Tests;

/// <summary>ONNX Runtime, the native one, in a process of Node.js.</summary>
internal static class OnnxRuntime
{
    /// <summary>Runs a model.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="inputs">Raw records of inputs.</param>
    /// <returns>Raw records of outputs.</returns>
    public static byte[] Run(byte[] model, byte[] inputs)
    {
        return Run([(model, inputs)])[0].Outputs ?? throw new InvalidOperationException("ONNX Runtime gave nothing.");
    }

    /// <summary>Runs models one after the other.</summary>
    /// <returns>For each model its outputs, or what ONNX Runtime said against it.</returns>
    public static IReadOnlyList<(byte[]? Outputs, string? Error)> Run(IReadOnlyList<(byte[] Model, byte[] Inputs)> models)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequant-peers-");
        try
        {
            Job[] jobs = [.. models.Select((model, i) => new Job(folder.FullName, i))];
            for (int i = 0; i < jobs.Length; i++)
            {
                File.WriteAllBytes(jobs[i].Model, models[i].Model);
                File.WriteAllBytes(jobs[i].Inputs, models[i].Inputs);
            }

            string list = Path.Combine(folder.FullName, "jobs.json");
            File.WriteAllText(list, JsonSerializer.Serialize(jobs.Select(job => new { model = job.Model, inputs = job.Inputs, outputs = job.Outputs })));
            using JsonDocument results = JsonDocument.Parse(Start(list));
            return [.. results.RootElement.EnumerateArray().Select((result, i) => result.TryGetProperty("error", out JsonElement error)
                ? ((byte[]?)null, error.GetString())
                : (File.ReadAllBytes(jobs[i].Outputs), null))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Start(string list)
    {
        ProcessStartInfo start = new(OnnxRuntimePackage.Node!, [Path.Combine(AppContext.BaseDirectory, "run_onnx.cjs"), list]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[OnnxRuntimePackage.Variable] = OnnxRuntimePackage.Folder;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"node ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
    }

    private sealed record Job(string Folder, int Number)
    {
        public string Model => Path.Combine(Folder, $"{Number}.onnx");

        public string Inputs => Path.Combine(Folder, $"{Number}.in");

        public string Outputs => Path.Combine(Folder, $"{Number}.out");
    }
}
