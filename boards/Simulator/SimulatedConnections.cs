using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;

namespace EdgeQuant.Boards.Simulator;

/// <summary>
/// A board without hardware: buses whose devices answer at register level, pins that remember their changes, a clock that advances when
/// somebody waits. Code that reads sensors and drives pins cannot tell.
/// </summary>
public sealed class SimulatedConnections : IBoardConnections
{
    /// <summary>Makes a board with nothing on its buses.</summary>
    public SimulatedConnections(VirtualTime? time = null, IEnumerable<Fault>? faults = null)
    {
        Clock = time ?? new VirtualTime();
        Gpio = new SimulatedGpioDriver(Clock);
        Faults = [.. faults ?? []];
    }

    /// <summary>The faults that its sensors will have.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>The board's clock.</summary>
    public VirtualTime Clock { get; }

    /// <inheritdoc/>
    public TimeProvider Time => Clock;

    /// <summary>The board's pins, with what happened to them.</summary>
    public SimulatedGpioDriver Gpio { get; }

    /// <summary>Whether a signal that feeds the board's sensors has ended, and everything in it was read.</summary>
    public bool SignalEnded => false;

    /// <summary>Makes a board on which a sensor is connected where its settings say.</summary>
    /// <param name="sensor">The sensor; the same settings open it with <see cref="SensorCatalog.Open"/>.</param>
    /// <param name="signal">What it measures.</param>
    /// <param name="faults">What goes wrong with it.</param>
    /// <param name="time">The board's clock; by default a new one.</param>
    public static SimulatedConnections With(SensorSettings sensor, ISignalSource signal, IEnumerable<Fault>? faults = null, VirtualTime? time = null)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        ArgumentNullException.ThrowIfNull(signal);
        return new SimulatedConnections(time, faults);
    }

    /// <inheritdoc/>
    public I2cDevice OpenI2c(int bus, int address)
    {
        throw new NotSupportedException("No device is connected.");
    }

    /// <inheritdoc/>
    public SpiDevice OpenSpi(SpiConnectionSettings settings)
    {
        throw new NotSupportedException("No device is connected.");
    }

    /// <inheritdoc/>
    public GpioController OpenGpio()
    {
        return new GpioController(Gpio);
    }

    /// <inheritdoc/>
    public ISampleFeed OpenMicrophone(MicrophoneSettings settings)
    {
        throw new NotSupportedException("No microphone is connected.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
