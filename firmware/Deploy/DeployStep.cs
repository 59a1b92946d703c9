namespace EdgeQuant.Firmware.Deploy;

/// <summary>A step of a deployment that is done.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Note">What came of it.</param>
public sealed record DeployStep(string Name, double Seconds, string Note);
