using System.Device.Gpio;

namespace EdgeQuant.Boards.Simulator;

/// <summary>A change of an output pin.</summary>
/// <param name="Time">When, since the clock's start.</param>
/// <param name="Pin">The pin's number.</param>
/// <param name="Value">What it is from then on.</param>
public readonly record struct PinChange(TimeSpan Time, int Pin, PinValue Value);
