namespace EdgeQuant.Firmware.Deploy.Inventory;

/// <summary>What became of a host, and what came of it.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Result">What came of it; null if nothing did.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
/// <typeparam name="T">What is asked of every host.</typeparam>
public sealed record HostResult<T>(string Host, HostOutcome Outcome, double Seconds, T? Result, Exception? Failure)
    where T : class;
