namespace EdgeQuant.Firmware.Models;

/// <summary>Looks again and again whether a new model's file is there, on a thread of its own, so that loading it delays no sample.</summary>
public sealed class ModelWatch : IDisposable
{
    private readonly ModelSlot _slot;
    private readonly TimeSpan _interval;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    /// <summary>Starts to look.</summary>
    /// <param name="slot">Where new models go.</param>
    /// <param name="interval">How often to look.</param>
    public ModelWatch(ModelSlot slot, TimeSpan interval)
    {
        _slot = slot;
        _interval = interval;
        _thread = new Thread(Work) { IsBackground = true, Name = "model watch" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
    }

    private void Work()
    {
        while (!_stop.Token.WaitHandle.WaitOne(_interval))
        {
            _slot.Look();
        }
    }
}
