using System.Text;
using System.Text.Json.Serialization;
using EdgeQuant.Converter.Demo.Gestures;
using EdgeQuant.Converter.Report.Page;
using EdgeQuant.Converter.Report.Quality;
using EdgeQuant.Tool.Files;

namespace EdgeQuant.Tool.Demo;

/// <summary>Where the demonstration puts what it makes: all in one folder.</summary>
/// <param name="folder">The folder.</param>
internal sealed class DemoFiles(string folder)
{
    /// <summary>The float network.</summary>
    public string Network { get; } = Path.Combine(folder, GestureDemo.OnnxName);

    /// <summary>The model file.</summary>
    public string Model { get; } = Path.Combine(folder, "gestures.eqm");

    /// <summary>The front end.</summary>
    public string FrontEnd { get; } = Path.Combine(folder, GestureDemo.FrontEndName);

    /// <summary>The decision.</summary>
    public string Decision { get; } = Path.Combine(folder, GestureDemo.DecisionName);

    /// <summary>The new person's recording.</summary>
    public string Recording { get; } = Path.Combine(folder, "recording.csv");

    /// <summary>The quantization report, a page.</summary>
    public string Report { get; } = Path.Combine(folder, "report.html");

    /// <summary>The same as JSON.</summary>
    public string ReportJson { get; } = Path.Combine(folder, "report.json");

    /// <summary>The folder.</summary>
    [JsonIgnore]
    public string Folder => folder;

    /// <summary>Writes all of them, or none.</summary>
    /// <exception cref="ToolException">One cannot be written.</exception>
    public void Write(GestureModel model)
    {
        OutputFile.Write(
        [
            (Network, model.Onnx),
            (Model, model.File),
            (FrontEnd, model.FrontEnd),
            (Decision, model.Decision),
            (Recording, Encoding.UTF8.GetBytes(model.Recording.ToCsv())),
            (Report, HtmlReport.Write(model.Quality, Path.GetFileName(ReportJson))),
            (ReportJson, QuantizationReportJson.Write(model.Quality)),
        ]);
    }
}
