using System.Globalization;
using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Simulation;
using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>A simulation as people read it: a line for each decision and what else happens, a summary.</summary>
internal sealed class SimulationText : IDecisionSink
{
    private const double NanosecondsOfMicrosecond = 1000;

    private readonly ToolConsole _console;
    private readonly SimulatedRun _run;
    private readonly int _width;

    /// <param name="console">Where it is printed.</param>
    /// <param name="run">The simulation.</param>
    public SimulationText(ToolConsole console, SimulatedRun run)
    {
        _console = console;
        _run = run;
        _width = run.Labels.Append(DecisionRecord.UnknownText).Max(label => label.Length);
    }

    /// <inheritdoc/>
    public void Emit(in DecisionRecord decision)
    {
        string label = decision.LabelText.PadRight(_width);
        string missed = decision.Latency > _run.Deadline ? "  deadline missed" : "";
        string score = decision.Score.ToString("0.00", CultureInfo.InvariantCulture);
        _console.Line($"{Time(decision.Time)}  {label}  {score}  {(decision.Raised ? "event" : "     ")}  {Units.Duration(decision.Latency.TotalNanoseconds)}{missed}");
    }

    /// <inheritdoc/>
    public void Report(DeviceEvent happening)
    {
        _console.Line($"{Time(happening.Time)}  ! {happening.Message}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }

    /// <summary>Prints the summary.</summary>
    public void Print(SimulationSummary summary, string board, string packages)
    {
        Facts facts = new();
        facts.Add("board", $"{board}; built with {packages}");
        facts.Add("sensor", $"{summary.Sensor} with {string.Join(", ", summary.Channels)} at {Number(summary.SampleRate)} Hz");
        facts.Add("signal", $"{Units.Count(summary.Samples)} samples read, {Units.Count(summary.Lost)} lost, in {Number(summary.Seconds)} s of the board's time");
        facts.Add("decisions", $"{Units.Count(summary.Decisions)}, one every {Duration(summary.Deadline)}; {Units.Count(summary.MissedDeadlines)} missed that deadline");
        facts.Add("latency", $"mean {Duration(summary.MeanLatency)}, longest {Duration(summary.LongestLatency)} (from the arrival of a sample to its decision, on this machine)");
        facts.Add("allocated", $"{Units.Bytes(summary.AllocatedBytes)} after load (measured)");
        Table table = ListTable.Create().Name("label").Number("decisions").Number("events");
        foreach (LabelCount label in summary.Labels)
        {
            table.Row(Printable.Of(label.Label), Units.Count(label.Decisions), Units.Count(label.Events));
        }

        _console.Line();
        facts.Print(_console);
        _console.Line();
        _console.Write(table);
    }

    private static string Duration(double microseconds)
    {
        return Units.Duration(microseconds * NanosecondsOfMicrosecond);
    }

    private static string Number(double number)
    {
        return number.ToString("0.###", CultureInfo.InvariantCulture);
    }

    private string Time(DateTimeOffset time)
    {
        return (time - _run.Start).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(10) + " s";
    }
}
