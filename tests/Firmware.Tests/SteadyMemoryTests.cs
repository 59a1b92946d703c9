using System.Device.Gpio;
using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Firmware.Sinks;
using EdgeQuant.Firmware.Tests.Sinks;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Firmware.Tests;

/// <summary>A device that runs for long. No other test runs meanwhile: the whole process is measured.</summary>
[CollectionDefinition(nameof(SteadyMemoryTests), DisableParallelization = true)]
[Collection(nameof(SteadyMemoryTests))]
public sealed class SteadyMemoryTests
{
    private const int Count = 1_000_000;
    private const int Warm = 50_000;

    [Fact]
    public async Task A_million_decisions_to_log_and_pins_take_no_more_memory_than_the_first_ones()
    {
        const int LargestFile = 1_000_000;
        using TemporaryFolder folder = new();
        using SimulatedDevice device = new((Count + 1000) / 100.0);
        device.Replace(TiltModel.File(stride: 1));
        Events events = new();
        MemorySink memory = new(Warm, Count, device.Board.Gpio);
        JsonLogOptions options = new() { LargestFile = LargestFile, Kept = 2 };
        await using (JsonLogSink log = new(folder.File("decisions.jsonl"), options, new QueueOptions { Confirmation = TimeSpan.FromSeconds(20) }, events.Add))
        await using (GpioSink pins = new(device.Board.OpenGpio(), [new LabelPin("up", 17, ActiveLow: false, TimeSpan.Zero)], events.Add, device.Board.Time))
        {
            ModelSlot model = new(device.ModelPath, ModelRequirements.None, device.Board.Time);
            DeviceLoopOptions loop = new() { Heartbeat = TimeSpan.Zero, Ended = () => device.Board.SignalEnded };
            new DeviceLoop(() => SensorCatalog.Open(device.Settings, device.Board), model, [log, pins, memory], device.Board.Time, loop).Run(TestContext.Current.CancellationToken);
        }

        Assert.True(memory.Decisions >= Count);
        Assert.Empty(events.All);
        Assert.Equal(memory.PinChanges * BytesOfPinChange(), memory.AllocatedByLoop);
        Assert.InRange(memory.HeapGrowth, long.MinValue, 64 * 1024);
        Assert.InRange(memory.WorkingSetGrowth, long.MinValue, 16 * 1024 * 1024);

        // The disk holds three full files at most, the last lines among them; the pin went up and down every two seconds.
        FileInfo[] files = [.. new DirectoryInfo(folder.File(".")).GetFiles("decisions*")];
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.InRange(file.Length, 1, LargestFile));
        long[] last = Decisions.Samples(File.ReadLines(folder.File("decisions.jsonl.1")).Concat(File.ReadLines(folder.File("decisions.jsonl"))));
        Assert.Equal(Enumerable.Range(0, last.Length).Select(i => last[0] + i), last);
        Assert.InRange(device.Board.Gpio.Changes.Count, 4990, 5010);
    }

    /// <summary>What the package's controller allocates each time that a pin changes.</summary>
    private static long BytesOfPinChange()
    {
        const int Pin = 4;
        using SimulatedConnections board = new();
        using GpioController controller = board.OpenGpio();
        controller.OpenPin(Pin, PinMode.Output, PinValue.Low);
        Change();
        return Allocations.Of(Change) / 2;

        void Change()
        {
            controller.Write(Pin, PinValue.High);
            controller.Write(Pin, PinValue.Low);
        }
    }

    /// <summary>Measures the memory of thread and process from one decision to another.</summary>
    private sealed class MemorySink(int first, int last, SimulatedGpioDriver pins) : IDecisionSink
    {
        private long _allocated;
        private long _heap;
        private long _workingSet;

        public long Decisions { get; private set; }

        public long? AllocatedByLoop { get; private set; }

        public int PinChanges { get; private set; }

        public long HeapGrowth { get; private set; }

        public long WorkingSetGrowth { get; private set; }

        public void Emit(in DecisionRecord decision)
        {
            Decisions++;
            if (Decisions == first)
            {
                PinChanges = -pins.Changes.Count;
                _workingSet = Environment.WorkingSet;
                _heap = GC.GetTotalMemory(forceFullCollection: true);
                _allocated = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (Decisions == last)
            {
                AllocatedByLoop = GC.GetAllocatedBytesForCurrentThread() - _allocated;
                HeapGrowth = GC.GetTotalMemory(forceFullCollection: true) - _heap;
                WorkingSetGrowth = Environment.WorkingSet - _workingSet;
                PinChanges += pins.Changes.Count;
            }
        }

        public void Report(DeviceEvent happening)
        {
            // Only decisions are counted.
        }

        public ValueTask DisposeAsync()
        {
            return ValueTask.CompletedTask;
        }
    }
}
