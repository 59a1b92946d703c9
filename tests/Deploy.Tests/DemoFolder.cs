using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>What <c>edgequant demo</c> writes: a network of gestures, its front end and decision, a recording, and the model file. Made once, for all tests.</summary>
internal static class DemoFolder
{
    private static readonly Lazy<string> s_folder = new(Make);
    private static readonly Lazy<string> s_second = new(ConvertAgain);

    /// <summary>The model file.</summary>
    public static string Model => Path.Combine(s_folder.Value, "gestures.eqm");

    /// <summary>Another model file of the same network.</summary>
    public static string SecondModel => s_second.Value;

    /// <summary>A recording of an accelerometer: aX, aY, aZ in g.</summary>
    public static string Recording => Path.Combine(s_folder.Value, "recording.csv");

    private static string Make()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequant-demo-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        Assert.Equal(0, ToolProcess.Run("demo", "-o", folder.FullName).ExitCode);
        return folder.FullName;
    }

    /// <summary>Converts the float network as a user does, with windows of the recording as samples.</summary>
    private static string ConvertAgain()
    {
        const int Window = 64;
        string[] rows = File.ReadAllLines(Recording)[1..];
        string samples = Path.Combine(s_folder.Value, "windows.csv");
        File.WriteAllLines(samples, Enumerable.Range(0, (rows.Length / Window) - 1).Select(i => string.Join(',', rows[(i * Window)..((i + 1) * Window)])));
        string model = Path.Combine(s_folder.Value, "second.eqm");
        ToolProcess.Run(
            "convert", InDemo("gestures.onnx"), "-o", model, "--data", samples, "--front-end", InDemo("front-end.json"), "--decision", InDemo("decision.json")).Succeeded();
        return model;
    }

    private static string InDemo(string name)
    {
        return Path.Combine(s_folder.Value, name);
    }
}
