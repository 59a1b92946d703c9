using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing;
using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>
/// Where a verb prints: results on standard output, as text or as one JSON document; progress, warnings and failures on standard error.
/// Colours and other markup only on a terminal, and not where NO_COLOR is set.
/// </summary>
internal sealed class ToolConsole(bool json)
{
    private const int WidthOfPipes = 1000;
    private const int HeightOfPipes = 100;
    private const int WidthOfPlotsInPipes = 100;
    private const int Indentation = 3;

    private readonly Lazy<IAnsiConsole> _out = new(() => Create(Console.Out, Console.IsOutputRedirected));
    private readonly Lazy<IAnsiConsole> _error = new(() => Create(Console.Error, Console.IsErrorRedirected));

    /// <summary>True if the one thing to print on standard output is a JSON document.</summary>
    public bool Json => json;

    /// <summary>Characters in a line for what has no width of its own, such as plots.</summary>
    public int PlotWidth => Console.IsOutputRedirected ? WidthOfPlotsInPipes : Out.Profile.Width;

    private IAnsiConsole Out => _out.Value;

    private IAnsiConsole Error => _error.Value;

    /// <summary>Prints a line with colours.</summary>
    public void Line(Paragraph text)
    {
        Out.Write(text);
        Out.WriteLine();
    }

    /// <summary>Prints text as it is, but for control characters.</summary>
    public void Line(string text = "")
    {
        Out.WriteLine(Printable.Of(text));
    }

    /// <summary>Prints a table.</summary>
    public void Write(Table table)
    {
        Out.Write(table);
    }

    /// <summary>Prints the JSON document.</summary>
    public void Write<T>(T document, JsonTypeInfo<T> type)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(document, type));
    }

    /// <summary>Prints a warning.</summary>
    public void Warn(string message)
    {
        Error.MarkupLineInterpolated($"[yellow]warning:[/] {Printable.Of(message)}");
    }

    /// <summary>Shows that something is under way, on a terminal only.</summary>
    public T Progress<T>(string what, Func<T> work)
    {
        return Error.Profile.Capabilities.Interactive ? Error.Status().Start(Spectre.Console.Markup.Escape(Printable.Of(what)), _ => work()) : work();
    }

    /// <summary>Shows how far something is, on a terminal only.</summary>
    public T Progress<T>(Func<IProgress<PipelineProgress>, T> work)
    {
        return Error.Profile.Capabilities.Interactive
            ? Error.Status().Start("...", status => work(new StatusProgress(status)))
            : work(new Progress<PipelineProgress>());
    }

    /// <summary>Says that something is under way, on a terminal only and without moving pictures, which would take time from what is measured.</summary>
    public void Announce(string what)
    {
        if (Error.Profile.Capabilities.Interactive)
        {
            Error.WriteLine(Printable.Of(what) + " ...");
        }
    }

    /// <summary>Says something that belongs to no result: where a page is.</summary>
    public void Note(string message)
    {
        Error.WriteLine(Printable.Of(message));
    }

    /// <summary>Says why the tool did not do what was asked.</summary>
    public void Fail(Failure failure)
    {
        if (Json)
        {
            Write(FailureDocument.Of(failure), JsonDocuments.Compact.FailureDocument);
            return;
        }

        Error.MarkupLineInterpolated($"[red]edgequant:[/] {Printable.Of(failure.Message)}");
        int place = 0;
        for (int i = 0; i < failure.Reasons.Count; i++)
        {
            Refusal reason = failure.Reasons[i];
            if (i == 0 || !IsSamePlace(reason, failure.Reasons[i - 1]))
            {
                Error.WriteLine();
                Error.MarkupLineInterpolated($"[bold]{++place}. {Printable.Of(reason.Place)}[/]");
                Indented(reason.Tensors);
            }

            Indented([reason.Reason, "What would help: " + reason.Help]);
        }
    }

    private static bool IsSamePlace(Refusal reason, Refusal before)
    {
        return reason.Place == before.Place && reason.Tensors.SequenceEqual(before.Tensors, StringComparer.Ordinal);
    }

    private void Indented(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Error.Write(new Padder(new Text(Printable.Of(line)), new Padding(Indentation, 0, 0, 0)));
        }
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        bool plain = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) || Environment.GetEnvironmentVariable("TERM") is "dumb";
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
            EnvironmentVariables = plain ? [] : null,
            Out = new AnsiConsoleOutput(redirected ? new TrimmingWriter(writer) : writer),
        });
        if (redirected)
        {
            console.Profile.Width = WidthOfPipes;

            // Asked for its height, .NET would first read what the terminal can do.
            console.Profile.Height = HeightOfPipes;
        }

        return console;
    }
}
