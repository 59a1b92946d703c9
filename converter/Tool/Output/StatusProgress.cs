using System.Globalization;
using EdgeQuant.Converter.Quantizing;
using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>Shows how far a job is in a line of a terminal: <c>calibrate 120 of 500</c>. Ten times a second at most.</summary>
internal sealed class StatusProgress(StatusContext status) : IProgress<PipelineProgress>
{
    private const long Interval = 100;

    private readonly Lock _lock = new();
    private string _step = "";
    private long _shown;

    public void Report(PipelineProgress value)
    {
        lock (_lock)
        {
            long now = Environment.TickCount64;
            if (value.Step == _step && now - _shown < Interval)
            {
                return;
            }

            _step = value.Step;
            _shown = now;
            status.Status = Markup.Escape(Printable.Of(Text(value)));
        }
    }

    private static string Text(PipelineProgress value)
    {
        return value switch
        {
            { Of: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{value.Step} {value.Done} of {value.Of}"),
            { Done: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{value.Step} {value.Done}"),
            _ => value.Step,
        };
    }
}
