using System.Diagnostics;
using System.Globalization;
using EdgeQuant.Boards;
using EdgeQuant.Firmware.Deploy.Configuration;
using EdgeQuant.Firmware.Deploy.Publishing;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>
/// Puts app, configuration and model on a device over SSH: probe, publish, lock, prepare, copy, check, self-test, install, switch, restart, watch, and back if no labels come. A connection that is cut at any point
/// leaves a device that runs the old release or, once labels came, the new one; the trial of a new release is ended by the device itself.
/// </summary>
/// <param name="connection">How the device is reached.</param>
/// <param name="device">Where releases are there, and how the app is tested, restarted and watched.</param>
/// <param name="onStep">Told each step when it is done.</param>
/// <param name="cancellation">Stops between and in steps, as a cut connection does.</param>
public sealed class Deployer(ConnectionOptions connection, DeviceOptions device, Action<DeployStep> onStep, CancellationToken cancellation)
{
    private const int ReleasesToKeep = 3;
    private const long Kibibyte = 1024;

    /// <summary>File systems round each file up, and checksums and links take something too.</summary>
    private const long SpareKibibytes = 256;

    private static readonly TimeSpan StepLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UnlockLimit = TimeSpan.FromSeconds(30);

    private readonly DeviceConnection _connection = new(connection, cancellation);
    private readonly List<DeployStep> _steps = [];

    /// <summary>Deploys a release.</summary>
    /// <param name="parts">What it is made of.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="DeployException">It failed; the message says in which step, what was said, and what to do.</exception>
    /// <exception cref="IOException">The app cannot be read, or cannot be copied to a temporary folder.</exception>
    public DeployReport Deploy(ReleaseParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        DeviceFacts facts = Probe();
        ChosenParts chosen = Choose(parts, facts);
        using StagedRelease staged = new(parts.Model, chosen.App, chosen.Configuration);
        Locked(() =>
        {
            Step("prepare", () => Run("prepare", ("release", staged.Id), ("app", Origin(chosen.App)), ("config", Origin(chosen.Configuration)), ("needed", Text(NeededKibibytes(staged, facts, chosen)))), "");
            Step("copy", () => Copy(staged), Megabytes(staged.Bytes));
            Step("check", () => Run("check", ("release", staged.Id)), "checksums agree");
            Step("self-test", () => Run("self-test", ("release", staged.Id)), "passed on the device");
            if (facts.Service == "none")
            {
                Install(staged.Id);
            }

            Activate(staged.Id);
            Afterwards("prune", () => Step("prune", () => Run("prune", ("keep", Text(ReleasesToKeep))), ""));
        });
        return Report(staged, facts, chosen, dryRun: false);
    }

    /// <summary>Looks at the device and at what would be deployed, and changes nothing there.</summary>
    /// <param name="parts">What the release is made of.</param>
    /// <returns>What would be done.</returns>
    /// <exception cref="DeployException">It would fail.</exception>
    public DeployReport DryRun(ReleaseParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        DeviceFacts facts = Probe();
        ChosenParts chosen = Choose(parts, facts);
        using StagedRelease staged = new(parts.Model, chosen.App, chosen.Configuration);
        long needed = NeededKibibytes(staged, facts, chosen);
        return needed * Kibibyte > facts.FreeBytes
            ? throw Unfit(DeployFailure.Space, $"No space left on the device: {facts.FreeBytes / Kibibyte} KiB are free, and the release needs {needed} KiB.", SshComplaint.SpaceHelp)
            : Report(staged, facts, chosen, dryRun: true);
    }

    /// <summary>Looks at the device and completes what it would get if it had nothing: an app that runs there, and a configuration.</summary>
    /// <param name="parts">What the release is made of.</param>
    /// <returns>The same with app and configuration.</returns>
    /// <exception cref="DeployException">There is nothing that runs there.</exception>
    public ReleaseParts Complete(ReleaseParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ReleaseConfiguration configuration = parts.Configuration ?? ReleaseConfiguration.OfSensor(parts.ModelPath, sensor: null);
        if (parts.App is not null)
        {
            return parts with { Configuration = configuration };
        }

        ChosenParts chosen = Choose(parts with { Configuration = configuration }, Probe() with { Current = "", Published = "" });
        return parts with { App = chosen.App, Configuration = configuration };
    }

    /// <summary>Goes back to the release before the one that runs, with the same trial as a new one.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="DeployException">There is none, or it failed.</exception>
    public DeployReport Rollback()
    {
        DeviceFacts facts = Probe();
        string previous = Status().Previous;
        if (previous.Length == 0)
        {
            throw Unfit(DeployFailure.Unsuitable, "There is no release before the one that runs.", "Deploy another one.");
        }

        Locked(() => Activate(previous));
        return new DeployReport(connection.Host, previous, facts.Current, DryRun: false, facts, 0, _steps);
    }

    /// <summary>Asks what is deployed.</summary>
    /// <returns>The device's answer.</returns>
    /// <exception cref="DeployException">The device did not answer.</exception>
    public DeviceStatus Status()
    {
        return DeviceStatus.Of(connection.Host, new RemoteValues(Run("status")));
    }

    /// <summary>Asks for the last lines that the app printed.</summary>
    /// <param name="lines">How many; 1 or more.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="DeployException">The device did not answer, or there is no log.</exception>
    public IReadOnlyList<string> Logs(int lines)
    {
        return Run("logs", ("lines", Text(lines)));
    }

    private static long NeededKibibytes(StagedRelease staged, DeviceFacts facts, ChosenParts chosen)
    {
        return SpareKibibytes + ((staged.Bytes + (chosen.App is null ? facts.AppBytes : 0)) / Kibibyte);
    }

    private static string Origin(object? part)
    {
        return part is null ? "current" : "sent";
    }

    private static string Text(long number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Megabytes(long bytes)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.000} MB");
    }

    /// <summary>Asks the device what it is, and refuses what cannot work before anything is changed.</summary>
    private DeviceFacts Probe()
    {
        DeviceFacts facts = new("", "", "", [], "", 0, "", "", 0);
        Step("probe", () => facts = DeviceFacts.Of(new RemoteValues(Run("probe"))), () => $"{facts.System}, {facts.Architecture}, {Megabytes(facts.FreeBytes)} free");
        if (facts.AbsentPrograms.Count > 0)
        {
            throw Unfit(DeployFailure.Unsuitable, $"The device has no {string.Join(", no ", facts.AbsentPrograms)}.", "Install coreutils, or busybox with these applets.");
        }

        return facts is { Service: "none", Manager: "none" }
            ? throw Unfit(
                DeployFailure.Unsuitable,
                $"The device has no systemd unit '{device.Unit}', and none can be installed: no systemd answers {facts.User}, and 'sudo -n' is not allowed.",
                "Log in as a user who may use 'systemctl --user' or sudo without a password, name a unit that is there with --unit, or say how the app is restarted with --restart-command.")
            : facts;
    }

    /// <summary>What is sent, and what the device keeps.</summary>
    private ChosenParts Choose(ReleaseParts parts, DeviceFacts facts)
    {
        ReleaseConfiguration? configuration = parts.Configuration ?? (facts.IsConfigured ? null : ReleaseConfiguration.OfSensor(parts.ModelPath, sensor: null));
        if (configuration is not null && DeviceNeeds.Missing(configuration.Settings, facts) is (string problem, string help))
        {
            throw Unfit(DeployFailure.Unsuitable, problem, help);
        }

        if (parts.App is { } app)
        {
            RequireItRuns(app, facts);
            return new ChosenParts(app, "the given one", configuration);
        }

        if (facts.Current.Length > 0 && (parts.Publisher is null || facts.Published.Length == 0))
        {
            return new ChosenParts(null, "the one that is there", configuration);
        }

        AppTarget target = AppTarget.For(facts, out string unsuitable) ?? throw Unfit(DeployFailure.Unsuitable, unsuitable, "");
        AppPublisher publisher = parts.Publisher ?? throw Unfit(
            DeployFailure.Unsuitable,
            "The device has no release yet, and so no app, and the sources of the app are not here.",
            $"Name the folder of the EdgeQuant repository with --project DIR, or publish the app ('dotnet publish firmware/raspberry-pi -c Release -r {target.Rid} --self-contained -o DIR') and give it with --app DIR.");
        return facts.Published == publisher.KeyOf(target)
            ? new ChosenParts(null, "the one that is there, of the same sources", configuration)
            : new ChosenParts(Publish(publisher, target, configuration), target.Description, configuration);
    }

    private string Publish(AppPublisher publisher, AppTarget target, ReleaseConfiguration? configuration)
    {
        if (!DevicePackages.AreReal && configuration is { IsSimulated: false })
        {
            throw new DeployException(
                DeployFailure.Unsuitable, connection.Host, "publish", $"The app would be built with {DevicePackages.Description}, and could not read a sensor.", "Let the packages restore, or try the device without a sensor: --simulate RECORDING.csv.");
        }

        PublishedApp? app = null;
        try
        {
            Step("publish", () => app = publisher.Publish(target, cancellation), () => app!.Target.Description + (app.WasThere ? ", as before" : ""));
        }
        catch (PublishException exception)
        {
            throw new DeployException(DeployFailure.Unsuitable, connection.Host, "publish", exception.Message, "");
        }

        return app!.Folder;
    }

    private void RequireItRuns(string app, DeviceFacts facts)
    {
        string program = Path.Combine(app, "edgequant-device");
        if (File.Exists(program) && ProgramFile.MachineOf(program) is string machine && !ProgramFile.Runs(machine, facts.Architecture))
        {
            throw Unfit(DeployFailure.Unsuitable, $"The app in {app} is for {machine}, and the device is {facts.Architecture}.", "Publish it for the device: dotnet publish -r linux-arm64 (or linux-arm, linux-x64).");
        }
    }

    private void Locked(Action work)
    {
        Step("lock", Lock, "");
        try
        {
            work();
        }
        catch
        {
            Afterwards("unlock", () => Run("unlock", UnlockLimit, _ => { }));
            throw;
        }

        Afterwards("unlock", () => Step("unlock", () => Run("unlock", UnlockLimit, _ => { }), ""));
    }

    /// <summary>Takes the lock, also from a deployment of this machine that was killed.</summary>
    private void Lock()
    {
        string holder = "";
        try
        {
            Run("lock", StepLimit, line => holder = line);
        }
        catch (DeployException exception) when (exception.Failure == DeployFailure.Busy && LockOwner.IsDead(holder))
        {
            Run("lock", ("over", holder));
        }
    }

    private void Copy(StagedRelease staged)
    {
        try
        {
            _connection.Copy("copy", staged.Path, device.Folder + "/releases");
        }
        catch (DeployException exception) when (exception.Message.Contains(": Failure", StringComparison.Ordinal) && DeviceFacts.Of(new RemoteValues(Run("probe"))).FreeBytes < SpareKibibytes * Kibibyte)
        {
            // The SFTP protocol has no word for a full disk.
            throw new DeployException(DeployFailure.Space, connection.Host, "copy", "No space left on the device: it filled up while the release was copied.", SshComplaint.SpaceHelp);
        }
    }

    /// <summary>Lets systemd start the app, now and with the device.</summary>
    private void Install(string release)
    {
        RemoteValues said = new([]);
        Step("install", () => said = new RemoteValues(Run("install", ("release", release))), () => said.One("installed") == "user"
            ? $"the user's unit {said.One("unit")}; it also runs while nobody is logged in"
            : $"the system's unit {said.One("unit")}");
    }

    /// <summary>Switches, restarts and watches; the device does it by itself and tells how far it is.</summary>
    private void Activate(string release)
    {
        long start = Stopwatch.GetTimestamp();
        string? step = null;
        void Done(string? next)
        {
            if (step is not null)
            {
                Report(step, start, step == "watch" && next == "end" ? "labels come" : "");
                start = Stopwatch.GetTimestamp();
            }

            step = next;
        }

        Run("activate", StepLimit + TimeSpan.FromSeconds(device.WatchSeconds), line =>
        {
            if (line is "switch" or "restart" or "watch" or "rollback" or "end")
            {
                Done(line);
            }
        },
        ("release", release));
    }

    /// <summary>What need not succeed: the release runs, and the next deployment makes up for it.</summary>
    private void Afterwards(string name, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            work();
        }
        catch (DeployException exception)
        {
            Report(name, start, $"left to the next deployment: {exception.Message}");
        }
    }

    private void Step(string name, Action work, string note)
    {
        Step(name, work, () => note);
    }

    private void Step(string name, Action work, Func<string> note)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        Report(name, start, note());
    }

    private void Report(string name, long start, string note)
    {
        DeployStep step = new(name, Stopwatch.GetElapsedTime(start).TotalSeconds, note);
        _steps.Add(step);
        onStep(step);
    }

    private DeployReport Report(StagedRelease staged, DeviceFacts facts, ChosenParts chosen, bool dryRun)
    {
        return new DeployReport(connection.Host, staged.Id, facts.Current, dryRun, facts, staged.Bytes, _steps)
        {
            App = chosen.AppDescription,
            Configuration = chosen.Configuration?.Summary ?? "the one that is there",
        };
    }

    private DeployException Unfit(DeployFailure failure, string message, string help)
    {
        return new DeployException(failure, connection.Host, "probe", message, help);
    }

    private IReadOnlyList<string> Run(string step, params IEnumerable<(string Name, string Value)> settings)
    {
        return Run(step, StepLimit, _ => { }, settings);
    }

    private IReadOnlyList<string> Run(string step, TimeSpan limit, Action<string> onLine, params IEnumerable<(string Name, string Value)> settings)
    {
        return _connection.Run(step, ["owner=" + LockOwner.Self, .. device.Words(), .. settings.Select(setting => $"{setting.Name}={setting.Value}")], limit, onLine);
    }
}
