using System.Globalization;
using System.Text;
using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Firmware.Live;
using EdgeQuant.Firmware.Simulation;

namespace EdgeQuant.Firmware.Tests.Live;

/// <summary>A recording that is up for two seconds and down for two, a model that tells which, and a live page's messages of it.</summary>
internal sealed class SmallSimulation : IAsyncDisposable
{
    private const double HalfPeriod = 2;

    private readonly TemporaryFolder _folder = new();

    public SmallSimulation(double seconds, int stride = TiltModel.FrameSamples, int rate = 100, string labels = "up,down", double? speed = null, params string[] faults)
    {
        string model = _folder.File("tilt.eqm");
        File.WriteAllBytes(model, TiltModel.File(stride, labels, rate));
        using StringReader csv = new(Csv(seconds, rate));
        Run = new SimulatedRun(model, Recording.Read(csv), new SimulationSettings { Speed = speed, Faults = [.. faults.Select(Fault.Parse)] });
        Live = new LiveSimulation(Run, new LiveModel("tilt.eqm", [], [new LiveOperator("FullyConnected", "1x2")]));
    }

    public SimulatedRun Run { get; }

    public LiveSimulation Live { get; }

    /// <summary>Plays it to the end.</summary>
    public SimulationSummary Play(CancellationToken cancellation = default, params IDecisionSink[] sinks)
    {
        SimulationSummary summary = Run.Run([Live, .. sinks], cancellation, Live);
        Live.End(summary);
        return summary;
    }

    public async ValueTask DisposeAsync()
    {
        await Live.DisposeAsync();
        Run.Dispose();
        _folder.Dispose();
    }

    private static string Csv(double seconds, int rate)
    {
        StringBuilder text = new("aX,aY,aZ\n");
        for (int i = 0; i < seconds * rate; i++)
        {
            double time = (double)i / rate;
            double x = (time % (2 * HalfPeriod) < HalfPeriod ? 0.8 : -0.8) + (0.01 * Math.Sin(37 * time));
            text.Append(CultureInfo.InvariantCulture, $"{x:0.####},{0.02 * Math.Sin(41 * time):0.####},{1 + (0.02 * Math.Sin(43 * time)):0.####}\n");
        }

        return text.ToString();
    }
}
