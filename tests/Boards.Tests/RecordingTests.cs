using Xunit;

namespace EdgeQuant.Boards.Tests;

public sealed class RecordingTests
{
    [Fact]
    public void Samples_and_windows_are_those_of_the_file()
    {
        Recording recording = Read("aX, aY\n-0.5,1\n2e-1,-1\n\n3,4\n");
        Assert.Equal(["aX", "aY"], recording.Channels);
        Assert.Equal(3, recording.Length);
        Assert.Equal([0, 2], recording.WindowStarts);
        Assert.Equal([0.2f, -1], recording[1].ToArray());
        Assert.Equal([3f, 4f], recording[2].ToArray());
    }

    [Theory]
    [InlineData("", "line 1: expected the channels' names")]
    [InlineData("1,2\n", "line 1: expected the channels' names")]
    [InlineData("a,A\n1,2\n", "a channel's name is there twice")]
    [InlineData("a,b\n", "has no samples")]
    [InlineData("a,b\n1,2\n1\n", "line 3: expected 2 numbers, one for each channel, found 1")]
    [InlineData("a,b\n1,2,3\n", "line 2: expected 2 numbers, one for each channel, found 3")]
    [InlineData("a,b\n1,x\n", "line 2, column 2: expected a number, found \"x\"")]
    [InlineData("a,b\n1,NaN\n", "line 2, column 2: expected a number, found \"NaN\"")]
    public void What_is_no_recording_is_refused_with_its_line(string text, string reason)
    {
        Assert.Contains(reason, Assert.Throws<RecordingException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    private static Recording Read(string text)
    {
        using StringReader reader = new(text);
        return Recording.Read(reader, "test.csv");
    }
}
