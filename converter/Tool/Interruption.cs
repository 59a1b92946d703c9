using System.Runtime.InteropServices;

namespace EdgeQuant.Tool;

/// <summary>
/// Turns Ctrl-C and a request to terminate into a cancellation, so that nothing half-written is left behind. What does not end within a
/// second is ended, and a second Ctrl-C ends at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        _source.Cancel();
        _ = Task.Delay(Grace).ContinueWith(_ => End(), TaskScheduler.Default);
    }

    /// <summary>Ends the process; a progress display that could not end in time has hidden the cursor.</summary>
    private static void End()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.WriteLine("\u001b[?25h");
        }

        Environment.Exit((int)ExitCode.Interrupted);
    }
}
