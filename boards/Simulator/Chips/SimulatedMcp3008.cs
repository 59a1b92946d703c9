using EdgeQuant.Boards.Simulator.Signals;

namespace EdgeQuant.Boards.Simulator.Chips;

/// <summary>An MCP3008 that is asked for one input at a time. The signal starts with the second conversion: the first one shows that it is there.</summary>
/// <param name="inputs">Its inputs.</param>
/// <param name="signal">What it measures: a0 to a7 in volts.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">Its faults.</param>
internal sealed class SimulatedMcp3008(IReadOnlyList<SensorChannel> inputs, ISignalSource signal, VirtualTime time, FaultSchedule faults)
{
    private const int StartBit = 0x01;
    private const int SingleEnded = 0x80;
    private const int RequestBytes = 3;

    private readonly SimulatedSignal _signal = new(signal, [.. inputs.Select(input => input.Name)], faults);
    private readonly float[] _values = new float[inputs.Count];

    /// <summary>Whether the signal has ended.</summary>
    public bool SignalEnded => _signal.Ended;

    /// <summary>A conversion: a start bit, "single ended" and the input's number go in; a bit of 0 and ten bits of the value come out (datasheet, figure 6-1).</summary>
    /// <exception cref="IOException">The transfer failed.</exception>
    public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
    {
        if (faults.Has(FaultKind.Absent))
        {
            return;
        }

        if (faults.Has(FaultKind.BusError))
        {
            throw new IOException("Error 5 performing SPI data transfer.");
        }

        if (sent.Length != RequestBytes || sent[0] != StartBit || (sent[1] & SingleEnded) == 0)
        {
            return;
        }

        faults.Stall();
        SensorChannel input = inputs[(sent[1] >> 4) & 7];
        _signal.Take(time.Elapsed, _values);
        _signal.Start();
        int count = (int)Math.Clamp(Math.Round(_values[(sent[1] >> 4) & 7] / input.Scale), input.Lowest, input.Highest);
        received[1] = (byte)(count >> 8);
        received[2] = (byte)count;
    }
}
