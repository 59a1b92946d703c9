namespace EdgeQuant.Converter.Boards;

/// <summary>A board that networks run on, as <c>boards/NAME.json</c> describes it.</summary>
/// <param name="Name">What it is called on the command line: lower case, digits, hyphens.</param>
/// <param name="Title">What it is called by people.</param>
/// <param name="Runtime">Which .NET runs there.</param>
/// <param name="Processor">What computes.</param>
/// <param name="Memory">What there is to compute in.</param>
/// <param name="Buses">Where sensors are connected.</param>
/// <param name="Pins">Numbers of the pins that can be written.</param>
/// <param name="AnalogInputs">Numbers of the pins that voltages can be read from.</param>
/// <param name="Sensors">Sensors that are on the board itself.</param>
/// <param name="Deployment">How programs and models get there.</param>
/// <param name="Source">Where its figures come from.</param>
internal sealed record Board(
    string Name,
    string Title,
    BoardRuntime Runtime,
    BoardProcessor Processor,
    BoardMemory Memory,
    IReadOnlyList<BoardBus> Buses,
    IReadOnlyList<int> Pins,
    IReadOnlyList<int> AnalogInputs,
    IReadOnlyList<string> Sensors,
    BoardDeployment Deployment,
    string Source)
{
    /// <summary>What an inference costs there; null where it is measured rather than estimated.</summary>
    public BoardCosts? Costs { get; init; }
}
