namespace EdgeQuant.Converter.Boards;

/// <summary>A bus of a board.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its number in <c>System.Device</c>.</param>
/// <param name="Pins">Its usual pins by what they are for: sda, scl; mosi, miso, sclk, cs.</param>
internal sealed record BoardBus(BusKind Kind, int Number, IReadOnlyDictionary<string, int> Pins);
