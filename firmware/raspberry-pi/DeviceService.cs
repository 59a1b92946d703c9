using System.Runtime.InteropServices;
using EdgeQuant.Boards;
using EdgeQuant.Boards.Linux;
using EdgeQuant.Device.Configuration;
using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Firmware.Sinks;
using EdgeQuant.Firmware.Systemd;

namespace EdgeQuant.Device;

/// <summary>Puts a device together as its configuration says, and runs it until it is asked to end.</summary>
internal static class DeviceService
{
    private static readonly TimeSpan s_modelInterval = TimeSpan.FromSeconds(1);

    /// <summary>The longest that the log may keep the sensor waiting: less than any sensor's own memory holds.</summary>
    private static readonly TimeSpan s_logConfirmation = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs until SIGTERM, SIGINT, the end of a recording, or until nobody reads the standard output any more.</summary>
    public static async Task RunAsync(DeviceConfiguration configuration)
    {
        using CancellationTokenSource stop = new();
        using PosixSignalRegistration terminate = StopWith(PosixSignal.SIGTERM, stop);
        using PosixSignalRegistration interrupt = StopWith(PosixSignal.SIGINT, stop);
        using SystemdNotifier notifier = SystemdNotifier.FromEnvironment();
        ModelSlot model = new(configuration.Model, configuration.Requirements, TimeProvider.System);
        SensorSettings sensor = configuration.Sensor with { SampleRate = configuration.Sensor.SampleRate ?? model.Pipeline.SampleRate };
        SimulatedBoard? simulated = configuration.Simulation is { } simulation ? new SimulatedBoard(sensor, simulation) : null;
        using IBoardConnections board = simulated?.Connections ?? (IBoardConnections)new LinuxConnections();

        List<IDecisionSink> sinks = [];
        try
        {
            AddSinks(sinks, configuration, board, notifier, stop);
            DeviceLoopOptions options = new()
            {
                Ended = () => simulated?.Connections.SignalEnded == true,
                Alive = () =>
                {
                    notifier.Alive();
                    simulated?.KeepPace(stop.Token);
                },
            };
            using ModelWatch watch = new(model, s_modelInterval);
            new DeviceLoop(() => SensorCatalog.Open(sensor, board), model, sinks, board.Time, options).Run(stop.Token);
        }
        finally
        {
            // The broker before the log: what it has not taken until the end, the log is told.
            for (int i = sinks.Count - 1; i >= 0; i--)
            {
                await sinks[i].DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static PosixSignalRegistration StopWith(PosixSignal signal, CancellationTokenSource stop)
    {
        return PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
    }

    private static void AddSinks(List<IDecisionSink> sinks, DeviceConfiguration configuration, IBoardConnections board, SystemdNotifier notifier, CancellationTokenSource stop)
    {
        // What one place does not take, all others are told.
        void ReportToAll(DeviceEvent happening)
        {
            for (int i = 0; i < sinks.Count; i++)
            {
                sinks[i].Report(happening);
            }
        }

        // The log comes first: what any other place was told, it has.
        if (configuration.Log is { } log)
        {
            sinks.Add(new JsonLogSink(log, configuration.LogOptions, new QueueOptions { Confirmation = s_logConfirmation }, ReportToAll));
        }

        if (configuration.Pins.Count > 0)
        {
            sinks.Add(new GpioSink(board.OpenGpio(), configuration.Pins, ReportToAll, board.Time));
        }

        JsonLinesSink output = new("standard output", Console.OpenStandardOutput(), new QueueOptions(), ReportToAll);
        output.Closed.Register(stop.Cancel);
        sinks.Add(output);
        if (configuration.Mqtt is { } broker)
        {
            sinks.Add(new MqttSink(broker, configuration.MqttQueue, ReportToAll));
        }

        sinks.Add(new SystemdSink(notifier));
    }
}
