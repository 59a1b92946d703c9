namespace EdgeQuant.Boards.Simulator;

/// <summary>The faults of one simulated device.</summary>
/// <param name="time">The clock.</param>
/// <param name="faults">The faults.</param>
internal sealed class FaultSchedule(VirtualTime time, IReadOnlyList<Fault> faults)
{
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
