namespace EdgeQuant.Firmware.Sinks;

/// <summary>The pin that a label drives.</summary>
/// <param name="Label">The label.</param>
/// <param name="Pin">The pin's number, as the board's GPIO counts them (on a Raspberry Pi: BCM).</param>
/// <param name="ActiveLow">The pin is low while the label holds, and high otherwise.</param>
/// <param name="Pulse">How long the pin is active after the label has come up; zero: as long as the label holds.</param>
public sealed record LabelPin(string Label, int Pin, bool ActiveLow, TimeSpan Pulse);
