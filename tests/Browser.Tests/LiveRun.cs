using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Live;
using EdgeQuant.Firmware.Simulation;

namespace EdgeQuant.Browser.Tests;

/// <summary>A simulation with its live page, as <c>edgequant simulate --web</c> makes them.</summary>
internal sealed class LiveRun : IDecisionSink
{
    private readonly DirectoryInfo _folder;
    private readonly SimulatedRun _run;
    private readonly LiveSimulation _simulation;
    private readonly LiveServer _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _released = new();
    private Task<SimulationSummary>? _playing;
    private int _holdAt;

    private LiveRun(DirectoryInfo folder, SimulatedRun run, LiveSimulation simulation, LiveServer server)
    {
        _folder = folder;
        _run = run;
        _simulation = simulation;
        _server = server;
    }

    /// <summary>Where the page is.</summary>
    public Uri Address => _server.Address;

    /// <summary>The simulation.</summary>
    public SimulatedRun Run => _run;

    /// <summary>Sets it up; <see cref="Start"/> starts it.</summary>
    /// <param name="model">The <c>.eqm</c> file.</param>
    /// <param name="csv">The recording.</param>
    /// <param name="speed">Times as fast as real time; null: as fast as possible.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="faults">What goes wrong.</param>
    public static async Task<LiveRun> Open(byte[] model, string csv, double? speed, string name = "gestures.eqm", params string[] faults)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequant-live-");
        string path = Path.Combine(folder.FullName, "model.eqm");
        await File.WriteAllBytesAsync(path, model);
        using StringReader reader = new(csv);
        SimulatedRun run = new(path, Recording.Read(reader), new SimulationSettings { Speed = speed, Faults = [.. faults.Select(Fault.Parse)] });
        LiveOperator[] operators = [.. Enumerable.Range(0, run.Pipeline.Network.OperatorCount).Select(i => new LiveOperator($"{name} {i}", "1x5"))];
        LiveSimulation simulation = new(run, new LiveModel(name, [], operators));
        return new LiveRun(folder, run, simulation, await LiveServer.StartAsync(simulation, 0));
    }

    /// <summary>Starts to play.</summary>
    /// <param name="holdAt">The decision with which it stands still until <see cref="Release"/>; 0: it does not.</param>
    public LiveRun Start(int holdAt = 0)
    {
        _holdAt = holdAt;
        _playing = Task.Factory.StartNew(Play, _stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return this;
    }

    /// <summary>Goes on.</summary>
    public void Release()
    {
        _released.Set();
    }

    /// <summary>What came of it, when it is over.</summary>
    public Task<SimulationSummary> Summary()
    {
        return _playing!.WaitAsync(TimeSpan.FromMinutes(2));
    }

    /// <summary>Ends the server, as the end of the program does.</summary>
    public ValueTask Close()
    {
        return _server.DisposeAsync();
    }

    void IDecisionSink.Emit(in DecisionRecord decision)
    {
        if (_run.Decisions == _holdAt)
        {
            _released.Wait(_stop.Token);
        }
    }

    void IDecisionSink.Report(DeviceEvent happening)
    {
        // The page says it.
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server.DisposeAsync();
        if (_playing is not null)
        {
            await ((Task)_playing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _simulation.DisposeAsync();
        _run.Dispose();
        _released.Dispose();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    private SimulationSummary Play()
    {
        SimulationSummary summary = _run.Run([_simulation, this], _stop.Token, _simulation);
        _simulation.End(summary);
        return summary;
    }
}
