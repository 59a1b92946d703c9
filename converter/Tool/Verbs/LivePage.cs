using EdgeQuant.Converter.Report;
using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Live;
using EdgeQuant.Firmware.Simulation;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>The live page of a simulation. A class of its own, so that the web server is loaded where it is wanted and nowhere else.</summary>
internal sealed class LivePage : IDisposable
{
    private readonly SimulatedRun _run;
    private readonly LiveSimulation _simulation;
    private readonly LiveServer _server;

    private LivePage(SimulatedRun run, LiveSimulation simulation, LiveServer server)
    {
        _run = run;
        _simulation = simulation;
        _server = server;
    }

    /// <summary>Opens it, and says where.</summary>
    /// <param name="run">The simulation, not yet started.</param>
    /// <param name="path">The model's path.</param>
    /// <param name="file">The model.</param>
    /// <param name="port">The port; 0: one that is free.</param>
    /// <param name="console">Where it is said.</param>
    /// <exception cref="ToolException">The port cannot be had.</exception>
    public static LivePage Open(SimulatedRun run, string path, byte[] file, int port, ToolConsole console)
    {
        ModelReport report = ModelInspector.Inspect(file);
        LiveSimulation simulation = new(run, new LiveModel(Path.GetFileName(path), Operators(report.Pipeline?.FrontEnd), Operators(report)));
        try
        {
            LivePage page = new(run, simulation, LiveServer.StartAsync(simulation, port).GetAwaiter().GetResult());
            console.Note($"live page: {page._server.Address} (Ctrl-C ends it)");
            return page;
        }
        catch (IOException exception)
        {
            throw new ToolException(ExitCode.DeviceFailed, $"The live page cannot have port {port}: {exception.Message} Take another --port, or none for one that is free.");
        }
    }

    /// <summary>Plays the recording.</summary>
    /// <param name="sink">Gets what happens, too.</param>
    /// <param name="cancellation">Ends it early.</param>
    public SimulationSummary Play(IDecisionSink sink, CancellationToken cancellation)
    {
        SimulationSummary summary = _run.Run([sink, _simulation], cancellation, _simulation);
        _simulation.End(summary);
        return summary;
    }

    /// <summary>Lets the page stay until it is not wanted any more.</summary>
    public void Stay(ToolConsole console, CancellationToken cancellation)
    {
        console.Note($"The recording is over; {_server.Address} goes on showing it until Ctrl-C.");
        cancellation.WaitHandle.WaitOne();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _simulation.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static LiveOperator[] Operators(ModelReport? report)
    {
        return report is null ? [] : [.. report.Operators.Select(op => new LiveOperator(op.Kind, string.Join(" + ", op.Outputs.Select(tensor => Units.Shape(tensor.Shape)))))];
    }
}
