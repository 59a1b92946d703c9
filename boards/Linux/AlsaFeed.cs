using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace EdgeQuant.Boards.Linux;

/// <summary>Sound from ALSA, by its program arecord (package alsa-utils).</summary>
internal sealed class AlsaFeed : ISampleFeed
{
    private const string Recorder = "arecord";

    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly PcmFeed _feed;
    private readonly MicrophoneSettings _settings;
    private readonly Task<string> _complaints;

    private AlsaFeed(Process process, MicrophoneSettings settings)
    {
        _process = process;
        _settings = settings;
        _complaints = process.StandardError.ReadToEndAsync();

        // Two seconds until samples are lost.
        _feed = new PcmFeed(process.StandardOutput.BaseStream, settings.Channels, 2 * settings.SampleRate, Ended);
    }

    /// <inheritdoc/>
    public long Lost => _feed.Lost;

    /// <summary>Starts to record.</summary>
    /// <param name="settings">What is recorded.</param>
    /// <param name="recorder">The program that records.</param>
    /// <exception cref="SensorException">The program is missing, there is no such device, or this user may not use it.</exception>
    public static AlsaFeed Start(MicrophoneSettings settings, string recorder = Recorder)
    {
        ProcessStartInfo start = new(recorder, ["-q", "-t", "raw", "-f", "S16_LE", "-D", settings.Device, "-r", Number(settings.SampleRate), "-c", Number(settings.Channels)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new SensorException(SensorFault.BusMissing, $"The program {recorder}, which records sound, cannot be started.", "Install it: sudo apt install alsa-utils", exception);
        }

        AlsaFeed feed = new(process, settings);
        if (!feed._feed.WaitForFirst(s_start))
        {
            SensorException ended = feed.Ended();
            feed.Dispose();
            throw ended;
        }

        return feed;
    }

    /// <inheritdoc/>
    public int Read(Span<short> samples, TimeSpan timeout)
    {
        return _feed.Read(samples, timeout);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _feed.Dispose();
        _process.Dispose();
    }

    private static string Number(int value)
    {
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private SensorException Ended()
    {
        string complaint = _complaints.Wait(TimeSpan.FromSeconds(1)) ? _complaints.Result.Trim().ReplaceLineEndings(" ") : "";
        string said = complaint.Length == 0 ? "" : $" ({complaint})";
        return complaint.Contains("ermission denied", StringComparison.Ordinal)
            ? new SensorException(SensorFault.PermissionDenied, $"This user may not record from \"{_settings.Device}\"{said}.", "Put the user into the group audio: sudo usermod -aG audio USER")
            : complaint.Contains("o such", StringComparison.Ordinal)
            ? new SensorException(SensorFault.NotFound, $"There is no sound device \"{_settings.Device}\"{said}.", "\"arecord -L\" lists those that there are.")
            : new SensorException(SensorFault.Ended, $"No sound comes from \"{_settings.Device}\" any more{said}.", "Look whether the device is still plugged in, and whether another program uses it.");
    }
}
