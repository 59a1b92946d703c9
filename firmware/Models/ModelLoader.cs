using System.Security.Cryptography;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Firmware.Models;

/// <summary>Loads a model's file, checks it against the device, and runs its self-test.</summary>
/// <param name="checks">What it must agree with.</param>
public sealed class ModelLoader(IReadOnlyList<IModelCheck> checks)
{
    /// <summary>Reads and loads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="ModelRefusedException">It cannot be used.</exception>
    public LoadedModel Load(string path)
    {
        return Load(path, Read(path));
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelRefusedException">It is not there, or may not be read.</exception>
    internal static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelRefusedException(ModelRefusal.Unreadable, $"{path}: the model cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Loads a file that was read.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="file">Its bytes; they belong to the model from then on.</param>
    internal LoadedModel Load(string path, byte[] file)
    {
        Pipeline pipeline = LoadPipeline(path, file);
        foreach (IModelCheck check in checks)
        {
            try
            {
                check.Check(file, pipeline);
            }
            catch (ModelRefusedException exception)
            {
                throw new ModelRefusedException(exception.Refusal, $"{path}: {exception.Message}", exception);
            }
        }

        int wrong = pipeline.SelfTest();
        if (wrong >= 0)
        {
            throw new ModelRefusedException(
                ModelRefusal.SelfTestFailed,
                $"{path}: self-test record {wrong} gives other bytes on this machine than where the model was made. Copy the file again; if it stays, please report it.");
        }

        string[] labels = new string[pipeline.LabelCount];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = pipeline.Label(i);
        }

        return new LoadedModel(pipeline, Convert.ToHexStringLower(SHA256.HashData(file)), labels);
    }

    private static Pipeline LoadPipeline(string path, byte[] file)
    {
        try
        {
            return Pipeline.Load(file);
        }
        catch (ModelFormatException exception)
        {
            throw new ModelRefusedException(ModelRefusal.Damaged, $"{path}: {exception.Message}", exception);
        }
    }
}
