using System.Diagnostics;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Live;

/// <summary>
/// Measures how long each operator of a network takes in the very inferences that decide. What reading the clock takes, some tens of
/// nanoseconds, counts to the operator. Allocates nothing after it was made.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="begins">Called when an inference begins.</param>
internal sealed class OperatorClock(Network network, Action? begins = null) : INetworkWatch
{
    private readonly long[] _ticks = new long[network.OperatorCount];
    private long _before;

    /// <summary>The number of operators.</summary>
    public int Count => _ticks.Length;

    /// <summary>Microseconds that an operator took since <see cref="Clear"/>, in all inferences together.</summary>
    /// <param name="index">Its position in the order of execution.</param>
    public double Microseconds(int index)
    {
        return _ticks[index] * 1e6 / Stopwatch.Frequency;
    }

    /// <summary>Starts over.</summary>
    public void Clear()
    {
        Array.Clear(_ticks);
    }

    /// <inheritdoc/>
    public void Begins()
    {
        begins?.Invoke();
        _before = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Ran(int index)
    {
        long now = Stopwatch.GetTimestamp();
        _ticks[index] += now - _before;
        _before = now;
    }
}
