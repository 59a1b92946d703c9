using System.CommandLine;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>One verb of the tool: its arguments and options, and what it does.</summary>
internal abstract class Verb : Command
{
    public const string JsonOption = "--json";

    private readonly Option<bool> _json = new(JsonOption) { Description = "Print one JSON document instead of text." };

    protected Verb(string name, string description)
        : base(name, description)
    {
        SetAction(Execute);
    }

    /// <summary>Does what the arguments ask.</summary>
    protected abstract ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation);

    /// <summary>Adds the option that every verb with something to report has; the last, so that help lists it last.</summary>
    protected void AddJsonOption()
    {
        Options.Add(_json);
    }

    private int Execute(ParseResult arguments)
    {
        ToolConsole console = new(json: Options.Contains(_json) && arguments.GetValue(_json));
        using Interruption interruption = new();
        try
        {
            return (int)Run(arguments, console, interruption.Token);
        }
        catch (Exception exception)
        {
            Failure failure = Failure.Of(exception);
            console.Fail(failure);
            return (int)failure.Code;
        }
    }
}
