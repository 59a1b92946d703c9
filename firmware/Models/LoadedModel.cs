using System.Security.Cryptography;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Firmware.Models;

/// <summary>A model that was loaded, checked and self-tested.</summary>
public sealed class LoadedModel
{
    private LoadedModel(Pipeline pipeline, string sha256)
    {
        Pipeline = pipeline;
        Sha256 = sha256;
        Labels = [.. Enumerable.Range(0, pipeline.LabelCount).Select(pipeline.Label)];
    }

    /// <summary>What runs it.</summary>
    public Pipeline Pipeline { get; }

    /// <summary>The SHA-256 of its file, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>What messages call it: the first digits of <see cref="Sha256"/>.</summary>
    public string ShortName => Sha256[..12];

    /// <summary>Reads, checks and self-tests a model's file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="requirements">What this device asks of it.</param>
    /// <exception cref="ModelRefusedException">It cannot be used.</exception>
    public static LoadedModel Load(string path, ModelRequirements requirements)
    {
        ArgumentNullException.ThrowIfNull(requirements);
        byte[] file = Read(path);
        LoadedModel model = new(LoadPipeline(path, file, requirements), Convert.ToHexStringLower(SHA256.HashData(file)));
        if (requirements.Labels.FirstOrDefault(label => !model.Labels.Contains(label, StringComparer.Ordinal)) is { } missing)
        {
            throw new ModelRefusedException($"{path}: the model has no label \"{missing}\", which the configuration names. Its labels are {string.Join(", ", model.Labels)}.");
        }

        int wrong = model.Pipeline.SelfTest();
        return wrong < 0
            ? model
            : throw new ModelRefusedException(
                $"{path}: self-test record {wrong} gives other bytes on this machine than where the model was made. Copy the file again; if that does not help, please report it.");
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelRefusedException($"{path}: the model cannot be read: {exception.Message}", exception);
        }
    }

    private static Pipeline LoadPipeline(string path, byte[] file, ModelRequirements requirements)
    {
        try
        {
            MadeForBoard.Read(Network.CardOf(file))?.Require(requirements, file.Length);
            int limit = (int)Math.Min(Network.DefaultMemoryLimit, requirements.Memory);
            return requirements.Weights == ModelWeights.Compact ? Pipeline.LoadCompact(file, limit) : Pipeline.Load(file, limit, requirements.Threads);
        }
        catch (Exception exception) when (exception is ModelFormatException or ModelRefusedException)
        {
            throw new ModelRefusedException($"{path}: {exception.Message}", exception);
        }
    }
}
