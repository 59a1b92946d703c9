using System.Device.Gpio;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Firmware.Sinks;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>Pins that labels drive, on a simulated board.</summary>
public sealed class GpioSinkTests : IDisposable
{
    private readonly VirtualTime _time = new();
    private readonly SimulatedGpioDriver _driver;
    private readonly Events _events = new();

    public GpioSinkTests()
    {
        _driver = new SimulatedGpioDriver(_time);
    }

    public void Dispose()
    {
        _driver.Dispose();
    }

    [Fact]
    public async Task A_pin_is_active_as_long_as_its_label_holds()
    {
        await using (GpioSink sink = Sink(new LabelPin("wave", 17, ActiveLow: false, TimeSpan.Zero), new LabelPin("idle", 27, ActiveLow: false, TimeSpan.Zero)))
        {
            foreach (string label in new[] { "wave", "wave", DecisionRecord.UnknownText, "idle" })
            {
                sink.Emit(Decisions.Of(0, label));
                _time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal(["0:17=1", "2:17=0", "3:27=1", "4:27=0"], Changes());
    }

    [Fact]
    public async Task A_pulse_starts_when_the_label_comes_up_and_ends_by_itself()
    {
        await using GpioSink sink = Sink(new LabelPin("wave", 17, ActiveLow: false, TimeSpan.FromSeconds(2)));
        sink.Emit(Decisions.Of(0, raised: true));
        _time.Advance(TimeSpan.FromSeconds(1));
        sink.Emit(Decisions.Of(1));
        sink.Emit(Decisions.Of(1, "idle", raised: true));
        _time.Advance(TimeSpan.FromSeconds(4));
        sink.Emit(Decisions.Of(5));
        Assert.Equal(["0:17=1", "2:17=0"], Changes());
    }

    [Fact]
    public async Task A_pulse_that_is_raised_again_lasts_longer()
    {
        await using GpioSink sink = Sink(new LabelPin("wave", 17, ActiveLow: false, TimeSpan.FromSeconds(2)));
        sink.Emit(Decisions.Of(0, raised: true));
        _time.Advance(TimeSpan.FromSeconds(1));
        sink.Emit(Decisions.Of(1, raised: true));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["0:17=1", "3:17=0"], Changes());
    }

    [Fact]
    public async Task An_active_low_pin_is_high_while_nothing_holds()
    {
        await using (GpioSink sink = Sink(new LabelPin("wave", 17, ActiveLow: true, TimeSpan.Zero)))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            sink.Emit(Decisions.Of(0));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["0:17=1", "1:17=0", "2:17=1"], Changes());
    }

    [Theory]
    [InlineData(DeviceEventKind.SensorGone)]
    [InlineData(DeviceEventKind.SamplesStuck)]
    [InlineData(DeviceEventKind.SamplesSaturated)]
    [InlineData(DeviceEventKind.SamplesLate)]
    [InlineData(DeviceEventKind.ModelSwapped)]
    public async Task What_cannot_be_believed_holds_no_pin(DeviceEventKind kind)
    {
        await using GpioSink sink = Sink(new LabelPin("wave", 17, ActiveLow: false, TimeSpan.Zero));
        sink.Emit(Decisions.Of(0));
        _time.Advance(TimeSpan.FromSeconds(1));
        sink.Report(Decisions.Event(DeviceEventKind.Running));
        _time.Advance(TimeSpan.FromSeconds(1));
        sink.Report(Decisions.Event(kind));
        Assert.Equal(["0:17=1", "2:17=0"], Changes());
    }

    [Fact]
    public async Task A_pin_that_cannot_be_driven_is_said_once_and_stops_nothing()
    {
        using GpioController controller = new(_driver);
        await using GpioSink sink = new(controller, [new LabelPin("wave", 17, ActiveLow: false, TimeSpan.Zero)], _events.Add, _time);
        controller.ClosePin(17);
        sink.Emit(Decisions.Of(0));
        sink.Emit(Decisions.Of(1));
        DeviceEvent failed = Assert.Single(_events.All);
        Assert.Equal(DeviceEventKind.OutputFailed, failed.Kind);
        Assert.Contains("GPIO 17 (wave)", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emitting_allocates_nothing()
    {
        await using GpioSink sink = Sink(new LabelPin("wave", 17, ActiveLow: false, TimeSpan.Zero), new LabelPin("idle", 27, ActiveLow: false, TimeSpan.FromSeconds(1)));
        DecisionRecord decision = Decisions.Of(1);
        sink.Emit(decision);
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                sink.Emit(decision);
            }
        });
        Assert.Equal(0, allocated);
    }

    private GpioSink Sink(params LabelPin[] pins)
    {
        return new GpioSink(new GpioController(_driver), pins, _events.Add, _time);
    }

    private IEnumerable<string> Changes()
    {
        return _driver.Changes.Select(change => $"{change.Time.TotalSeconds:0}:{change.Pin}={(change.Value == PinValue.High ? 1 : 0)}");
    }
}
