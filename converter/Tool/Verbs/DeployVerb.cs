using System.CommandLine;
using EdgeQuant.Boards;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Report;
using EdgeQuant.Firmware.Deploy;
using EdgeQuant.Firmware.Deploy.Ansible;
using EdgeQuant.Firmware.Deploy.Configuration;
using EdgeQuant.Firmware.Deploy.Inventory;
using EdgeQuant.Firmware.Deploy.Publishing;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Puts app and model on a device over SSH.</summary>
internal sealed class DeployVerb : Verb
{
    private const int LinesOfLogs = 100;

    private readonly Argument<string?> _file = new("FILE") { Description = "The model file (.eqm). Not needed with --status, --rollback and --logs.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _host = new("--host") { Description = "The device, as ssh is given it: user@pi, or a host of your ssh configuration." };
    private readonly Option<string?> _inventory = new("--inventory")
    {
        Description = "Several devices: the first alone, then the others, and no more after a failure. Takes the place of --host and of what says how a device is.",
        HelpName = "HOSTS.yaml",
    };

    private readonly Option<string?> _ansible = new("--ansible")
    {
        Description = "Deploy nothing: write the inventory out as an Ansible playbook, with an inventory and the releases beside it. Hosts without 'app' are asked what they are.",
        HelpName = "PLAYBOOK.yml",
    };

    private readonly Option<string?> _sensor = new("--sensor")
    {
        Description = $"The sensor that is read, at the model's rate and in its range: {string.Join(", ", SensorCatalog.Names)}. [default: the configuration that the device has; at first the one sensor that fits]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _config = new("--config") { Description = "The app's configuration, checked here before anything is copied; 'model' may be left out. [default: device.json in the folder of --app]", HelpName = "device.json" };
    private readonly Option<string?> _simulate = new("--simulate") { Description = "No sensor: a simulated one plays this recording again and again.", HelpName = "R.csv" };
    private readonly ComputingOptions _computing = new(" On the device, with --sensor or --simulate.");
    private readonly Option<string?> _app = new("--app") { Description = "The folder of an app that was published by hand. [default: published for the device from the sources; one that was put there by hand is kept]", HelpName = "DIR" };
    private readonly Option<string?> _project = new("--project") { Description = "The EdgeQuant repository, whose app is published. [default: the one that this program or the current folder is in]", HelpName = "DIR" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Look at the device and say what would be done." };
    private readonly Option<bool> _status = new("--status") { Description = "Show what is deployed." };
    private readonly Option<bool> _rollback = new("--rollback") { Description = "Go back to the release before." };
    private readonly Option<bool> _logs = new("--logs") { Description = $"Show the last {LinesOfLogs} lines that the app printed." };
    private readonly Option<int?> _port = new("--port", "-p") { Description = "The port; the one of your ssh configuration otherwise." };
    private readonly Option<string[]> _sshOptions = new("--ssh-option") { Description = "An option as 'ssh -o' takes it, such as IdentityFile=~/.ssh/pi. Can be given several times." };
    private readonly Option<string> _ssh = new("--ssh") { Description = "The ssh program.", DefaultValueFactory = _ => "ssh" };
    private readonly Option<string> _scp = new("--scp") { Description = "The scp program.", DefaultValueFactory = _ => "scp" };
    private readonly Option<string> _folder = new("--folder") { Description = "The folder of releases on the device, absolute or below your home there.", DefaultValueFactory = _ => new DeviceOptions().Folder };
    private readonly Option<string> _unit = new("--unit") { Description = "The systemd unit that runs the app there, yours or the system's.", DefaultValueFactory = _ => new DeviceOptions().Unit };
    private readonly Option<string?> _restart = new("--restart-command") { Description = "The command that restarts the app there, in place of the unit; it runs in the folder of releases." };
    private readonly Option<string?> _selfTest = new("--self-test-command") { Description = "The command that tests the release there; it runs in the app's folder. './edgequant-device --config ../config/device.json --self-test' otherwise." };
    private readonly Option<string?> _labels = new("--label-file") { Description = "The file that the app prints labels to. The journal of the unit otherwise; with --restart-command labels.log in the folder of releases." };
    private readonly Option<int> _watch = new("--watch") { Description = "Seconds in which the first label has to come.", DefaultValueFactory = _ => new DeviceOptions().WatchSeconds };

    public DeployVerb()
        : base("deploy", "Put app and model on a device over SSH, test them there, switch to them, and go back if no labels come.")
    {
        Arguments.Add(_file);
        foreach (Option option in (Option[])[_host, _inventory, _ansible, _sensor, _config, _simulate])
        {
            Options.Add(option);
        }

        _computing.AddTo(this);
        foreach (Option option in (Option[])[_app, _project, _dryRun, _status, _rollback, _logs, _port, _sshOptions, _ssh, _scp, _folder, _unit, _restart, _selfTest, _labels, _watch])
        {
            Options.Add(option);
        }

        AddJsonOption();
        Validators.Add(result =>
        {
            bool needsFile = !result.GetValue(_status) && !result.GetValue(_rollback) && !result.GetValue(_logs);
            if (new[] { result.GetValue(_dryRun), result.GetValue(_status), result.GetValue(_rollback), result.GetValue(_logs) }.Count(given => given) > 1)
            {
                result.AddError("Only one of --dry-run, --status, --rollback and --logs can be given.");
            }
            else if (result.GetValue(_config) is not null && (result.GetValue(_sensor) ?? result.GetValue(_simulate)) is not null)
            {
                result.AddError("--config says all; --sensor and --simulate cannot be given with it.");
            }
            else if (_computing.All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } computing
                && (result.GetValue(_sensor) ?? result.GetValue(_simulate)) is null)
            {
                result.AddError($"{computing.Name} is for a configuration that is made for --sensor or --simulate: give one of them, or say it in the configuration of --config.");
            }
            else if (result.GetValue(_host) is null == result.GetValue(_inventory) is null)
            {
                result.AddError("Give either --host or --inventory.");
            }
            else if (result.GetValue(_inventory) is not null && OfOneDevice().FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } option)
            {
                result.AddError($"{option.Name} cannot be given with --inventory: what holds for a host stands there.");
            }
            else if (result.GetValue(_ansible) is not null && (result.GetValue(_inventory) is null || !needsFile || result.GetValue(_dryRun)))
            {
                result.AddError("--ansible needs --inventory and a model file, and cannot be given with --dry-run, --status and --rollback.");
            }
            else if (needsFile == result.GetValue(_file) is null)
            {
                result.AddError(needsFile ? "No model file was given." : "A model file is of no use with --status, --rollback and --logs.");
            }
        });
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        if (arguments.GetValue(_inventory) is { } inventory)
        {
            return RunFleet(arguments, InventoryReader.Read(inventory), console, cancellation);
        }

        Deployer deployer = new(Connection(arguments), Device(arguments), step => Show(console, step), cancellation);
        if (arguments.GetValue(_status))
        {
            DeviceStatus status = deployer.Status();
            Print(console, () => console.Write(status, JsonDocuments.Compact.DeviceStatus), () => DeployText.Print(console, status));
        }
        else if (arguments.GetValue(_logs))
        {
            IReadOnlyList<string> lines = deployer.Logs(LinesOfLogs);
            if (lines.Count == 0)
            {
                console.Warn("The app has printed nothing there. Where it prints to a file and not to the journal of the unit, name the file with --label-file.");
            }

            Print(console, () => console.Write(lines, JsonDocuments.Compact.IReadOnlyListString), () => DeployText.Print(console, lines));
        }
        else
        {
            DeployReport report = Deploy(arguments, deployer, console);
            Print(console, () => console.Write(report, JsonDocuments.Compact.DeployReport), () => DeployText.Print(console, report));
        }

        return ExitCode.Done;
    }

    private DeployReport Deploy(ParseResult arguments, Deployer deployer, ToolConsole console)
    {
        if (arguments.GetValue(_rollback))
        {
            return deployer.Rollback();
        }

        ReleaseParts parts = Parts(arguments, console) with { Configuration = Configuration(arguments) };
        return arguments.GetValue(_dryRun) ? deployer.DryRun(parts) : deployer.Deploy(parts);
    }

    private ReleaseParts Parts(ParseResult arguments, ToolConsole console)
    {
        string path = arguments.GetValue(_file)!;
        byte[] model = InputFile.ReadModel(path);
        InputFile.Parse(path, () => ModelInspector.Inspect(model));
        BoardMark.Require(model, BoardRuntime.Net, "a device that is reached over SSH");
        string? app = arguments.GetValue(_app);
        if (app is not null && !Directory.Exists(app))
        {
            throw new ToolException(ExitCode.BadFile, $"The folder of the app '{app}' does not exist. Publish the app first: dotnet publish -o {app}");
        }

        return new ReleaseParts(path, model)
        {
            App = app,
            Publisher = Sources(arguments) is { } sources ? new AppPublisher(sources, console.Announce) : null,
        };
    }

    private ExitCode RunFleet(ParseResult arguments, IReadOnlyList<InventoryHost> hosts, ToolConsole console, CancellationToken cancellation)
    {
        Fleet fleet = new(hosts, cancellation);
        string ssh = arguments.GetRequiredValue(_ssh);
        string scp = arguments.GetRequiredValue(_scp);
        Deployer DeployerOf(InventoryHost host)
        {
            return new Deployer(host.Connection(ssh, scp), host.Device(), step => Show(console, step, host.Name), cancellation);
        }

        if (arguments.GetValue(_status))
        {
            return FleetText.Print(console, fleet.Every(host => DeployerOf(host).Status()));
        }

        if (arguments.GetValue(_rollback))
        {
            return FleetText.Print(console, fleet.Every(host => DeployerOf(host).Rollback()));
        }

        ReleaseParts parts = Parts(arguments, console);
        Dictionary<InventoryHost, ReleaseParts> partsOf = hosts.ToDictionary(host => host, host => PartsOf(host, parts));
        if (arguments.GetValue(_ansible) is { } playbook)
        {
            PlaybookWriter writer = new(playbook);
            foreach (InventoryHost host in hosts)
            {
                writer.Add(host, DeployerOf(host).Complete(partsOf[host]));
            }

            writer.Write();
            return FleetText.Print(console, new PlaybookDocument(playbook, writer.Inventory, writer.Files));
        }

        return FleetText.Print(
            console,
            arguments.GetValue(_dryRun)
                ? fleet.Every(host => DeployerOf(host).DryRun(partsOf[host]))
                : fleet.OneThenTheRest(host => DeployerOf(host).Deploy(partsOf[host])));
    }

    /// <summary>What is deployed to a host; its configuration is checked before any host is reached.</summary>
    private static ReleaseParts PartsOf(InventoryHost host, ReleaseParts parts)
    {
        try
        {
            return host.Parts(parts);
        }
        catch (Exception exception) when (Failure.Of(exception) is { Code: not ExitCode.Defect } failure)
        {
            throw new ToolException(failure.Code, $"{host.Name}: {failure.Message}");
        }
    }

    /// <summary>What an inventory says of each host.</summary>
    private Option[] OfOneDevice()
    {
        return [_sensor, _config, _simulate, .. _computing.All, _app, _logs, _port, _sshOptions, _folder, _unit, _restart, _selfTest, _labels, _watch];
    }

    private ReleaseConfiguration? Configuration(ParseResult arguments)
    {
        string model = arguments.GetRequiredValue(_file)!;
        string? app = arguments.GetValue(_app);
        string? sensor = arguments.GetValue(_sensor);
        ModelWeights weights = _computing.Weights(arguments);
        int threads = _computing.Threads(arguments);
        string? beside = app is null ? null : Path.Combine(app, "device.json");
        return arguments.GetValue(_simulate) is { } recording ? ReleaseConfiguration.OfRecording(model, sensor, recording, weights, threads)
            : sensor is not null ? ReleaseConfiguration.OfSensor(model, sensor, weights, threads)
            : (arguments.GetValue(_config) ?? (File.Exists(beside) ? beside : null)) is { } file ? ReleaseConfiguration.OfFile(file, model)
            : null;
    }

    private AppSources? Sources(ParseResult arguments)
    {
        string? project = arguments.GetValue(_project);
        AppSources? sources = AppSources.Find(project is null ? [AppContext.BaseDirectory, Environment.CurrentDirectory] : [project]);
        return sources is null && project is not null
            ? throw new ToolException(ExitCode.BadFile, $"'{project}' is not in an EdgeQuant repository: there is no firmware/raspberry-pi/EdgeQuant.Device.csproj in it or above.")
            : sources;
    }

    private ConnectionOptions Connection(ParseResult arguments)
    {
        return new ConnectionOptions(Checked("--host", arguments.GetValue(_host)!, RemoteName.IsHost, RemoteName.AllowedHost))
        {
            Port = arguments.GetValue(_port),
            Options = arguments.GetValue(_sshOptions) ?? [],
            Ssh = arguments.GetRequiredValue(_ssh),
            Scp = arguments.GetRequiredValue(_scp),
        };
    }

    private DeviceOptions Device(ParseResult arguments)
    {
        return new DeviceOptions
        {
            Folder = Checked("--folder", arguments.GetRequiredValue(_folder).TrimEnd('/'), RemoteName.IsFolder, RemoteName.AllowedFolder),
            Unit = Checked("--unit", arguments.GetRequiredValue(_unit), RemoteName.IsUnit, RemoteName.AllowedUnit),
            RestartCommand = arguments.GetValue(_restart),
            SelfTestCommand = arguments.GetValue(_selfTest),
            LabelFile = arguments.GetValue(_labels),
            WatchSeconds = arguments.GetValue(_watch) is int seconds and >= 1 and <= 3600 ? seconds : throw new ToolException(ExitCode.WrongUsage, $"--watch takes 1 to 3600 seconds, not {arguments.GetValue(_watch)}."),
        };
    }

    private static string Checked(string option, string name, Func<string, bool> isOne, string allowed)
    {
        return isOne(name) ? name : throw new ToolException(ExitCode.WrongUsage, $"{option} '{name}' has characters that are not allowed, or begins with one that is not. Allowed: {allowed}.");
    }

    private static void Show(ToolConsole console, DeployStep step, string host = "")
    {
        if (!console.Json)
        {
            DeployText.Print(console, step, host);
        }
    }

    private static void Print(ToolConsole console, Action json, Action text)
    {
        (console.Json ? json : text)();
    }
}
