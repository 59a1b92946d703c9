using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using EdgeQuant.Boards.Sensors.Ads1115;
using EdgeQuant.Boards.Sensors.Adxl345;
using EdgeQuant.Boards.Sensors.Bme280;
using EdgeQuant.Boards.Sensors.Mcp3008;
using EdgeQuant.Boards.Sensors.Mpu6050;
using EdgeQuant.Boards.Simulator.Buses;
using EdgeQuant.Boards.Simulator.Chips;
using EdgeQuant.Boards.Simulator.Signals;

namespace EdgeQuant.Boards.Simulator;

/// <summary>
/// A board without hardware: buses whose devices answer at register level, pins that remember their changes, a clock that advances when
/// somebody waits. Code that reads sensors and drives pins cannot tell.
/// </summary>
public sealed class SimulatedConnections : IBoardConnections
{
    private readonly Dictionary<int, SimulatedI2cBus> _i2c = [];
    private readonly Dictionary<(int Bus, int ChipSelect), SimulatedMcp3008> _spi = [];
    private SimulatedMicrophone? _microphone;
    private Func<bool> _signalEnded = () => false;

    /// <summary>Makes a board with nothing on its buses.</summary>
    /// <param name="time">Its clock; null: a new one.</param>
    public SimulatedConnections(VirtualTime? time = null)
    {
        Clock = time ?? new VirtualTime();
        Gpio = new SimulatedGpioDriver(Clock);
    }

    /// <summary>The board's clock.</summary>
    public VirtualTime Clock { get; }

    /// <inheritdoc/>
    public TimeProvider Time => Clock;

    /// <summary>The board's pins, with what happened to them.</summary>
    public SimulatedGpioDriver Gpio { get; }

    /// <summary>Whether the signal that feeds the board's sensor has ended, and everything in it was read.</summary>
    public bool SignalEnded => _signalEnded();

    /// <summary>Connects a sensor where its settings say.</summary>
    /// <param name="sensor">The sensor; the same settings open it with <see cref="SensorCatalog.Open"/>.</param>
    /// <param name="signal">What it measures.</param>
    /// <param name="faults">What goes wrong with it.</param>
    /// <exception cref="SensorException">There is no such sensor.</exception>
    public void Connect(SensorSettings sensor, ISignalSource signal, IReadOnlyList<Fault>? faults = null)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        ArgumentNullException.ThrowIfNull(signal);
        FaultSchedule schedule = new(Clock, faults ?? []);
        switch (SensorCatalog.NameOf(sensor))
        {
            case "adxl345":
                ConnectI2c(sensor, Adxl345Sensor.UsualAddress, new SimulatedAdxl345(signal, Clock, schedule), schedule);
                break;
            case "bme280":
                ConnectI2c(sensor, Bme280Sensor.UsualAddress, new SimulatedBme280(signal, Clock, schedule), schedule);
                break;
            case "ads1115":
                ConnectI2c(sensor, Ads1115Sensor.UsualAddress, new SimulatedAds1115(signal, Clock, schedule), schedule);
                break;
            case "mcp3008":
                SimulatedMcp3008 converter = new(Mcp3008Sensor.AllChannels(sensor), signal, Clock, schedule);
                _spi.Add((sensor.Bus ?? 0, sensor.Address ?? 0), converter);
                _signalEnded = () => converter.SignalEnded;
                break;
            case "microphone":
                SimulatedMicrophone microphone = new(signal, Clock, schedule);
                _microphone = microphone;
                _signalEnded = () => microphone.SignalEnded;
                break;
            default:
                ConnectI2c(sensor, MpuSensor.UsualAddress, new SimulatedMpu(MpuChip.Of(sensor), signal, Clock, schedule), schedule);
                break;
        }
    }

    /// <inheritdoc/>
    public I2cDevice OpenI2c(int bus, int address)
    {
        return Bus(bus).CreateDevice(address);
    }

    /// <inheritdoc/>
    public SpiDevice OpenSpi(SpiConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new SimulatedSpiDevice(_spi.GetValueOrDefault((settings.BusId, settings.ChipSelectLine)), settings, Clock);
    }

    /// <inheritdoc/>
    public GpioController OpenGpio()
    {
        return new GpioController(Gpio);
    }

    /// <inheritdoc/>
    public ISampleFeed OpenMicrophone(MicrophoneSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (_microphone is null)
        {
            throw new SensorException(SensorFault.NotFound, $"There is no sound device \"{settings.Device}\".", "Connect a microphone to the simulated board.");
        }

        _microphone.Start(settings.SampleRate);
        return _microphone;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    private void ConnectI2c(SensorSettings sensor, int usualAddress, SimulatedI2cChip chip, FaultSchedule faults)
    {
        Bus(sensor.Bus ?? 1).Connect(sensor.Address ?? usualAddress, chip, faults);
        _signalEnded = () => chip.SignalEnded;
    }

    private SimulatedI2cBus Bus(int bus)
    {
        if (!_i2c.TryGetValue(bus, out SimulatedI2cBus? found))
        {
            _i2c[bus] = found = new SimulatedI2cBus(bus, Clock);
        }

        return found;
    }
}
