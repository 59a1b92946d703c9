namespace EdgeQuant.Boards.Simulator;

/// <summary>The faults of one simulated device.</summary>
/// <param name="time">The clock.</param>
/// <param name="faults">The faults.</param>
internal sealed class FaultSchedule(VirtualTime time, IReadOnlyList<Fault> faults)
{
    private static readonly TimeSpan s_longestTransfer = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What late and lost samples are for a device that is asked for each: the transfer takes until the fault is over.
    /// </summary>
    /// <exception cref="IOException">That takes longer than Linux waits (error 110).</exception>
    public void Stall()
    {
        long start = time.GetTimestamp();
        while (Has(FaultKind.Late) || Has(FaultKind.Lost))
        {
            if (time.GetElapsedTime(start) >= s_longestTransfer)
            {
                throw new IOException("Error 110 performing I2C data transfer.");
            }

            time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Whether a fault is there now.</summary>
    public bool Has(FaultKind kind)
    {
        return Has(kind, time.Elapsed);
    }

    /// <summary>Whether a fault is there at a time.</summary>
    public bool Has(FaultKind kind, TimeSpan at)
    {
        for (int i = 0; i < faults.Count; i++)
        {
            if (faults[i].Kind == kind && faults[i].IsActive(at))
            {
                return true;
            }
        }

        return false;
    }
}
