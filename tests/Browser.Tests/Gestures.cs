using EdgeQuant.Converter.Demo.Gestures;

namespace EdgeQuant.Browser.Tests;

/// <summary>The model and the recording of the demonstration, made once.</summary>
public sealed class Gestures
{
    public Gestures()
    {
        GestureModel made = GestureDemo.Run(null, default);
        Model = made.File;
        Csv = made.Recording.ToCsv();
    }

    /// <summary>The model's file.</summary>
    public byte[] Model { get; }

    /// <summary>The recording: a minute of gestures.</summary>
    public string Csv { get; }
}
