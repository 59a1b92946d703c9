using System.CommandLine;
using EdgeQuant.Converter.Demo.Gestures;
using EdgeQuant.Tool.Demo;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>The whole way on gestures: record people, train, quantize, pack, run on a simulated board.</summary>
internal sealed class DemoVerb : Verb
{
    /// <summary>The most that packing may cost, in points.</summary>
    private const double MostDrop = 1;

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The folder for what is made: networks, model file, front end, decision, recording, report page. It is made if it is not there.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "edgequant-demo",
    };

    public DemoVerb()
        : base("demo", "Train a small network on gestures, quantize and pack it, and run it on a simulated board with an accelerometer.")
    {
        Options.Add(_output);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        DemoFiles files = new(arguments.GetRequiredValue(_output));
        OutputFile.CreateFolder(files.Folder);
        GestureModel model = console.Progress(progress => GestureDemo.Run(progress, cancellation));
        files.Write(model);
        DemoDocument document = new(model.Report, GestureBoard.Run(files.Model, model.Recording, cancellation), files);
        if (console.Json)
        {
            console.Write(document, JsonDocuments.Compact.DemoDocument);
        }
        else
        {
            DemoText.Print(console, document);
        }

        return document.Model.FloatAccuracy - document.Model.PackedAccuracy <= MostDrop ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
