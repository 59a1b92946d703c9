namespace EdgeQuant.Firmware.Deploy.Inventory;

/// <summary>What became of a host.</summary>
public enum HostOutcome
{
    /// <summary>What was asked is done.</summary>
    Done,

    /// <summary>It failed; what ran before goes on.</summary>
    Failed,

    /// <summary>It was ended by the user while it was under way; the device keeps, or goes back to, a release that gives labels.</summary>
    Interrupted,

    /// <summary>It was not begun, because another one failed or the user ended it.</summary>
    NotTried,
}
