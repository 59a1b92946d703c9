using System.CommandLine;
using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Simulation;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Runs a model on a simulated board whose sensor measures what a recording holds.</summary>
internal sealed class SimulateVerb : Verb
{
    private const string Simulator = "simulator";
    private const double LowestRate = 0.001;
    private const double HighestRate = 1e6;
    private const int MillihertzOfHertz = 1000;
    private const double LowestSpeed = 0.01;
    private const double HighestSpeed = 1000;
    private const int HighestPort = 65535;

    private readonly Argument<string> _file = new("FILE") { Description = "The model file (.eqm), with a front end." };

    private readonly Option<string> _recording = new("--recording")
    {
        Description = "What the sensor measures: CSV with the channels' names in the first line (aX,aY,aZ), one sample a line, in the units of the sensor.",
        HelpName = "R.csv",
        Required = true,
    };

    private readonly Option<string> _board = new("--board")
    {
        Description = "The board whose part the simulator takes: the file must fit it, and must not be made for one with another runtime.",
        HelpName = "BOARD",
        DefaultValueFactory = _ => Simulator,
    };

    private readonly Option<string?> _sensor = new("--sensor")
    {
        Description = $"The board's sensor: {string.Join(", ", SensorCatalog.Names)}. [default: the first that measures what the model takes]",
        HelpName = "NAME",
    };

    private readonly Option<int?> _range = new("--range") { Description = "The sensor's full scale: of an accelerometer in g, of an analog input in millivolts. [default: the usual one]", HelpName = "N" };

    private readonly Option<int?> _rotationRange = new("--rotation-range") { Description = "The full scale of the sensor's gyroscope, in degrees per second. [default: the usual one]", HelpName = "N" };

    private readonly ComputingOptions _computing = new();

    private readonly Option<double?> _rate = new Option<double?>("--rate") { Description = "Samples a second of the recording. [default: the front end's]", HelpName = "HZ" }
        .Accepting(LowestRate, HighestRate);

    private readonly Option<string[]> _faults = new("--fault")
    {
        Description = "What goes wrong with the sensor, and when, in seconds: absent, bus-error, stuck, saturated, late, lost or other-chip, as in stuck@2.5:1. May be given several times.",
        HelpName = "KIND@TIME[:DURATION]",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _web = new("--web") { Description = "Show it on a live page that this machine alone can open, as it happens; ends with Ctrl-C." };

    private readonly Option<int?> _port = new("--port") { Description = "The port of the live page. [default: one that is free]", HelpName = "N" };

    private readonly Option<double?> _speed = new Option<double?>("--speed")
    {
        Description = "How many times as fast as real time it is played. [default: 1 with --web, otherwise as fast as the machine can]",
        HelpName = "N",
    }
        .Accepting(LowestSpeed, HighestSpeed);

    public SimulateVerb()
        : base("simulate", "Run a model on a simulated board, from a sensor's samples to labels.")
    {
        Arguments.Add(_file);
        Options.Add(_recording);
        Options.Add(_board);
        Options.Add(_sensor);
        Options.Add(_range);
        Options.Add(_rotationRange);
        _range.AcceptWholeNumbers(1);
        _rotationRange.AcceptWholeNumbers(1);
        Options.Add(_rate);
        _computing.AddTo(this);
        Options.Add(_faults);
        Options.Add(_web);
        Options.Add(_port);
        _port.AcceptWholeNumbers(0, HighestPort);
        Options.Add(_speed);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        Board board = BoardOption.Find(arguments.GetRequiredValue(_board));
        string path = arguments.GetRequiredValue(_file);
        byte[] model = InputFile.ReadModel(path);
        InputFile.Parse(path, () => BoardOption.Require(board, model));
        if (board.Name != Simulator)
        {
            BoardMark.Require(model, board.Runtime, board.Name);
        }

        bool web = arguments.GetValue(_web);
        if (!web && arguments.GetValue(_port) is not null)
        {
            throw new ToolException(ExitCode.WrongUsage, "--port is the port of the live page: add --web.");
        }

        string recordingPath = arguments.GetRequiredValue(_recording);
        using StreamReader text = new(new MemoryStream(InputFile.Read(recordingPath)));
        SimulationSettings settings = new()
        {
            Sensor = arguments.GetValue(_sensor),
            Range = arguments.GetValue(_range),
            RotationRange = arguments.GetValue(_rotationRange),
            Weights = _computing.Weights(arguments),
            Threads = _computing.Threads(arguments),
            Speed = arguments.GetValue(_speed) ?? (web ? 1 : null),
            RecordingRate = (int?)Math.Round((arguments.GetValue(_rate) ?? 0) * MillihertzOfHertz) is int rate and > 0 ? rate : null,
            Faults = [.. arguments.GetRequiredValue(_faults).Select(ParseFault)],
        };
        using SimulatedRun run = new(path, Recording.Read(text, recordingPath), settings);
        using LivePage? page = web ? LivePage.Open(run, path, model, arguments.GetValue(_port) ?? 0, console) : null;
        if (console.Json)
        {
            SimulationLog log = new(run);
            SimulationSummary summary = Play(run, log, page, cancellation);
            console.Write(new SimulationDocument(board.Name, DevicePackages.Description, log.Decisions, log.Events, summary), JsonDocuments.Compact.SimulationDocument);
        }
        else
        {
            SimulationText lines = new(console, run);
            lines.Print(Play(run, lines, page, cancellation), board.Name, DevicePackages.Description);
        }

        page?.Stay(console, cancellation);
        return ExitCode.Done;
    }

    private static SimulationSummary Play(SimulatedRun run, IDecisionSink sink, LivePage? page, CancellationToken cancellation)
    {
        return page is null ? run.Run([sink], cancellation) : page.Play(sink, cancellation);
    }

    private static Fault ParseFault(string text)
    {
        try
        {
            return Fault.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new ToolException(ExitCode.WrongUsage, $"--fault: {exception.Message}");
        }
    }
}
