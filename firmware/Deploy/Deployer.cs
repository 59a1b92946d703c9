using System.Diagnostics;
using System.Globalization;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>
/// Puts app and model on a device over SSH: probe, lock, prepare, copy, check, self-test, switch, restart, watch, and back if no labels come. A connection that is cut at any point
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
    /// <param name="model">The bytes of the model file.</param>
    /// <param name="app">The folder of the published app; null to keep the app of the release that runs.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="DeployException">It failed; the message says in which step, what was said, and what to do.</exception>
    /// <exception cref="IOException">The app cannot be read, or cannot be copied to a temporary folder.</exception>
    public DeployReport Deploy(byte[] model, string? app)
    {
        DeviceFacts facts = Probe(app);
        using StagedRelease staged = new(model, app);
        Locked(() =>
        {
            Step("prepare", () => Run("prepare", ("release", staged.Id), ("app", app is null ? "current" : "sent"), ("needed", Text(NeededKibibytes(staged, facts, app)))), "");
            Step("copy", () => Copy(staged), Megabytes(staged.Bytes));
            Step("check", () => Run("check", ("release", staged.Id)), "checksums agree");
            Step("self-test", () => Run("self-test", ("release", staged.Id), ("selftest", device.SelfTestCommand)), "passed on the device");
            Activate(staged.Id);
            Afterwards("prune", () => Step("prune", () => Run("prune", ("keep", Text(ReleasesToKeep))), ""));
        });
        return new DeployReport(connection.Host, staged.Id, facts.Current, DryRun: false, facts, staged.Bytes, _steps);
    }

    /// <summary>Looks at the device and at what would be deployed, and changes nothing.</summary>
    /// <param name="model">The bytes of the model file.</param>
    /// <param name="app">The folder of the published app; null to keep the app of the release that runs.</param>
    /// <returns>What would be done.</returns>
    /// <exception cref="DeployException">It would fail.</exception>
    public DeployReport DryRun(byte[] model, string? app)
    {
        DeviceFacts facts = Probe(app);
        using StagedRelease staged = new(model, app);
        long needed = NeededKibibytes(staged, facts, app);
        return needed * Kibibyte > facts.FreeBytes
            ? throw Unfit(DeployFailure.Space, $"No space left on the device: {facts.FreeBytes / Kibibyte} KiB are free, and the release needs {needed} KiB.", SshComplaint.SpaceHelp)
            : new DeployReport(connection.Host, staged.Id, facts.Current, DryRun: true, facts, staged.Bytes, _steps);
    }

    /// <summary>Goes back to the release before the one that runs, with the same trial as a new one.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="DeployException">There is none, or it failed.</exception>
    public DeployReport Rollback()
    {
        DeviceFacts facts = Probe(app: null);
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

    private static long NeededKibibytes(StagedRelease staged, DeviceFacts facts, string? app)
    {
        return SpareKibibytes + ((staged.Bytes + (app is null ? facts.AppBytes : 0)) / Kibibyte);
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
    private DeviceFacts Probe(string? app)
    {
        DeviceFacts facts = new("", "", "", [], "", 0, "", "", 0);
        Step("probe", () => facts = DeviceFacts.Of(new RemoteValues(Run("probe"))), () => $"{facts.System}, {facts.Architecture}, {Megabytes(facts.FreeBytes)} free");
        if (facts.AbsentPrograms.Count > 0)
        {
            throw Unfit(DeployFailure.Unsuitable, $"The device has no {string.Join(", no ", facts.AbsentPrograms)}.", "Install coreutils, or busybox with these applets.");
        }

        if (facts.Service == "none")
        {
            throw Unfit(DeployFailure.Unsuitable, $"The device has no systemd unit '{device.Unit}', neither of the user nor of the system.", "Install one, name another with --unit, or say how the app is restarted with --restart-command.");
        }

        if (app is null && facts.Current.Length == 0)
        {
            throw Unfit(DeployFailure.Unsuitable, "The device has no release yet, and so no app.", "Give the folder of the published app: --app DIR.");
        }

        return app is not null && Path.Combine(app, "edgequant-device") is string program && File.Exists(program) && ProgramFile.MachineOf(program) is string machine && !ProgramFile.Runs(machine, facts.Architecture)
            ? throw Unfit(DeployFailure.Unsuitable, $"The app in {app} is for {machine}, and the device is {facts.Architecture}.", "Publish it for the device: dotnet publish -r linux-arm64 (or linux-arm, linux-x64).")
            : facts;
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

    private DeployException Unfit(DeployFailure failure, string message, string help)
    {
        return new DeployException(failure, connection.Host, "probe", message, help);
    }

    private IReadOnlyList<string> Run(string step, params IEnumerable<(string Name, string? Value)> settings)
    {
        return Run(step, StepLimit, _ => { }, settings);
    }

    private IReadOnlyList<string> Run(string step, TimeSpan limit, Action<string> onLine, params IEnumerable<(string Name, string? Value)> settings)
    {
        return _connection.Run(
            step,
            [
                ("folder", device.Folder),
                ("owner", LockOwner.Self),
                ("unit", device.Unit),
                ("restart", device.RestartCommand),
                ("labels", device.LabelFile),
                ("seconds", Text(device.WatchSeconds)),
                .. settings,
            ],
            limit,
            onLine);
    }
}
