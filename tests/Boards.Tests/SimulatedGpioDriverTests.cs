using System.Device.Gpio;
using EdgeQuant.Boards.Simulator;
using Xunit;

namespace EdgeQuant.Boards.Tests;

public sealed class SimulatedGpioDriverTests
{
    private const int Pin = 17;

    [Fact]
    public void Changes_of_outputs_are_remembered_with_their_time()
    {
        VirtualTime time = new();
        SimulatedGpioDriver driver = new(time);
        using GpioController controller = new(driver);
        controller.OpenPin(Pin, PinMode.Output);
        controller.Write(Pin, PinValue.High);
        time.Advance(TimeSpan.FromMilliseconds(30));
        controller.Write(Pin, PinValue.High);
        controller.Write(Pin, PinValue.Low);
        Assert.Equal([new PinChange(TimeSpan.Zero, Pin, PinValue.High), new PinChange(TimeSpan.FromMilliseconds(30), Pin, PinValue.Low)], driver.Changes);
    }

    [Fact]
    public void Inputs_call_back_when_they_change()
    {
        SimulatedGpioDriver driver = new(new VirtualTime());
        using GpioController controller = new(driver);
        controller.OpenPin(Pin, PinMode.Input);
        List<PinEventTypes> seen = [];
        controller.RegisterCallbackForPinValueChangedEvent(Pin, PinEventTypes.Falling, (_, change) => seen.Add(change.ChangeType));
        driver.SetInput(Pin, high: true);
        Assert.Equal(PinValue.High, controller.Read(Pin));
        driver.SetInput(Pin, high: false);
        driver.SetInput(Pin, high: false);
        Assert.Equal([PinEventTypes.Falling], seen);
    }

    [Fact]
    public void A_pin_that_is_not_there_is_refused()
    {
        SimulatedGpioDriver driver = new(new VirtualTime());
        Assert.Contains("pins 0 to 27", Assert.Throws<ArgumentOutOfRangeException>(() => driver.SetInput(28, high: true)).Message, StringComparison.Ordinal);
    }
}
