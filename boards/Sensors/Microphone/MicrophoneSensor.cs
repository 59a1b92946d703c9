using System.Globalization;

namespace EdgeQuant.Boards.Sensors.Microphone;

/// <summary>One channel of sound, as a part of full scale, at whatever rate the sound device does.</summary>
internal sealed class MicrophoneSensor : ISensor
{
    private const int UsualRate = 16_000_000;
    private const int LowestRate = 4_000_000;
    private const int HighestRate = 192_000_000;
    private const string UsualDevice = "default";

    private readonly ISampleFeed _feed;

    private MicrophoneSensor(ISampleFeed feed, SensorDescription description)
    {
        _feed = feed;
        Description = description;
    }

    /// <inheritdoc/>
    public SensorDescription Description { get; }

    /// <inheritdoc/>
    public long Lost => _feed.Lost;

    /// <summary>sound, -1 to 1.</summary>
    public static IReadOnlyList<SensorChannel> AllChannels(SensorSettings settings)
    {
        return [new SensorChannel("sound", "FS", 1 / 32768f) { IsNoisy = true }];
    }

    /// <summary>Starts to record.</summary>
    /// <exception cref="SensorException">There is no such device, this user may not use it, or it cannot do what the settings ask.</exception>
    public static ISensor Open(SensorSettings settings, IBoardConnections connections)
    {
        IReadOnlyList<SensorChannel> channels = AllChannels(settings);
        Settings.Selection(settings, "microphone", channels);
        int rate = settings.SampleRate ?? UsualRate;
        if (rate % 1000 != 0 || rate is < LowestRate or > HighestRate)
        {
            throw new SensorException(
                SensorFault.RateNotReachable,
                $"A microphone cannot take {(rate / 1000.0).ToString("0.###", CultureInfo.InvariantCulture)} samples a second.",
                $"Whole numbers from {LowestRate / 1000} to {HighestRate / 1000} Hz are possible; 16000 is usual for speech.");
        }

        ISampleFeed feed = connections.OpenMicrophone(new MicrophoneSettings(settings.Device ?? UsualDevice, rate / 1000, channels.Count));
        return new MicrophoneSensor(feed, new SensorDescription("microphone", channels, rate));
    }

    /// <inheritdoc/>
    public int Read(Span<short> samples, TimeSpan timeout)
    {
        return _feed.Read(samples, timeout);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _feed.Dispose();
    }
}
