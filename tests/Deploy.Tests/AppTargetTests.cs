using EdgeQuant.Firmware.Deploy;
using EdgeQuant.Firmware.Deploy.Publishing;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>For what the app is published, from what a device says of itself.</summary>
public sealed class AppTargetTests
{
    [Theory]
    [InlineData("aarch64", 64, "glibc", "", "linux-arm64", true)]
    [InlineData("aarch64", 32, "glibc", "", "linux-arm", true)]
    [InlineData("armv7l", 32, "glibc", "", "linux-arm", true)]
    [InlineData("x86_64", 64, "glibc", "", "linux-x64", true)]
    [InlineData("aarch64", 64, "musl", "", "linux-musl-arm64", true)]
    [InlineData("aarch64", 0, "glibc", "", "linux-arm64", true)]
    [InlineData("aarch64", 64, "glibc", "8.0.21", "linux-arm64", true)]
    [InlineData("aarch64", 64, "glibc", "10.0.3", "linux-arm64", false)]
    public void It_follows_the_devices_programs_and_runtime(string architecture, int bits, string libc, string runtime, string rid, bool isSelfContained)
    {
        AppTarget? target = AppTarget.For(Facts(architecture, runtime) with { WordBits = bits, LibC = libc }, out string problem);

        Assert.Equal(new AppTarget(rid, isSelfContained), target);
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData("armv6l", 32)]
    [InlineData("i686", 32)]
    [InlineData("x86_64", 32)]
    [InlineData("riscv64", 64)]
    [InlineData("", 0)]
    public void What_dotnet_does_not_run_on_is_refused(string architecture, int bits)
    {
        Assert.Null(AppTarget.For(Facts(architecture, "") with { WordBits = bits }, out string problem));
        Assert.NotEqual("", problem);
    }

    private static DeviceFacts Facts(string architecture, string runtime)
    {
        return new DeviceFacts(architecture, "", "pi", [], runtime, 0, "none", "", 0);
    }
}
