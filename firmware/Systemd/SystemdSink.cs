namespace EdgeQuant.Firmware.Systemd;

/// <summary>Tells systemd when a device is up, when it is ending, and between the two what is wrong.</summary>
/// <param name="notifier">Who tells it; not disposed of.</param>
public sealed class SystemdSink(SystemdNotifier notifier) : IDecisionSink
{
    /// <inheritdoc/>
    public void Emit(in DecisionRecord decision)
    {
        // Decisions are no news to systemd.
    }

    /// <inheritdoc/>
    public void Report(DeviceEvent happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        switch (happening.Kind)
        {
            case DeviceEventKind.Started:
                notifier.Ready(happening.Message);
                break;
            case DeviceEventKind.Stopped:
                notifier.Stopping();
                break;
            default:
                notifier.Status(happening.Message);
                break;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }
}
