using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Demo.Gestures;
using Xunit;

namespace EdgeQuant.Converter.Tests.Demo;

/// <summary>What a window shows.</summary>
public sealed class GestureWindowsTests
{
    private static readonly Performance[] s_made = [new(Gesture.Swipe, 100, 130), new(Gesture.Shake, 300, 400)];

    [Theory]
    [InlineData(0, Gesture.Rest)]
    [InlineData(36, Gesture.Rest)]
    [InlineData(60, null)]
    [InlineData(66, Gesture.Swipe)]
    [InlineData(100, Gesture.Swipe)]
    [InlineData(107, null)]
    [InlineData(120, Gesture.Rest)]
    [InlineData(318, Gesture.Shake)]
    public void A_window_shows_what_is_in_it_nearly_whole(int start, object? gesture)
    {
        Assert.Equal((Gesture?)gesture, GestureWindows.Label(s_made, start));
    }

    [Fact]
    public void Windows_hold_samples_in_g()
    {
        short[] samples = [.. Enumerable.Range(0, 80 * Accelerometer.Axes).Select(i => (short)(64 * i))];
        SampleSet windows = GestureWindows.Cut([new GestureRecording(samples, [new Performance(Gesture.Tap, 20, 50)])], 1, "test");
        Assert.Equal(3, windows.Count);
        Assert.All(windows.Labels!, label => Assert.Equal((int)Gesture.Tap, label));
        Assert.Equal(64f * (8 * Accelerometer.Axes) / 8192, windows.Inputs[1][0][0]);
        Assert.Equal(GestureWindows.Length * Accelerometer.Axes, windows.Inputs[2][0].Length);
    }

    [Fact]
    public void Some_windows_of_rest_are_enough()
    {
        GestureRecording recording = new(new short[(GestureWindows.Length + (8 * GestureWindows.Stride)) * Accelerometer.Axes], []);
        Assert.Equal([0, 0, 0], GestureWindows.Cut([recording], 3, "test").Labels!);
        Assert.Equal(9, GestureWindows.Cut([recording], 1, "test").Count);
    }
}
