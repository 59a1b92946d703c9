using System.CommandLine;
using EdgeQuant.Converter.Report;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Shows what a model file holds.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The model file (.eqm)." };

    public InspectVerb()
        : base("inspect", "Show operators, shapes, quantization, bytes of each section, and the arena over time.")
    {
        Arguments.Add(_file);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_file);
        byte[] file = InputFile.ReadModel(path);
        ModelReport report = InputFile.Parse(path, () => ModelInspector.Inspect(file));
        if (console.Json)
        {
            console.Write(report, JsonDocuments.Compact.ModelReport);
        }
        else
        {
            InspectionText.Print(console, path, report);
        }

        return ExitCode.Done;
    }
}
