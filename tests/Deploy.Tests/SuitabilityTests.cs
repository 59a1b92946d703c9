using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>What cannot run on a device is refused before anything is published or copied, with what to do.</summary>
public sealed class SuitabilityTests
{
    [Theory]
    [InlineData("architecture=aarch64", "architecture=armv6l", "Zero 2 W")]
    [InlineData("architecture=aarch64", "architecture=riscv64", "--app")]
    [InlineData("file=yes:i2c:/dev/i2c-1", "", "sudo raspi-config nonint do_i2c 0")]
    [InlineData("file=yes:i2c:/dev/i2c-1", "file=no:i2c:/dev/i2c-1", "sudo usermod -aG i2c pi")]
    [InlineData("manager=user", "manager=none", "--restart-command")]
    [InlineData("free=", "absent=sha256sum\nfree=", "no sha256sum")]
    public void A_device_that_cannot_run_it_is_told_from_its_answers(string usual, string instead, string help)
    {
        using Device device = new();

        ToolRun run = Deploy(device, AnsweringSsh.RaspberryPi.Replace(usual, instead, StringComparison.Ordinal), "--sensor", "mpu6050");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains(help, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_sensors_that_fit_one_has_to_be_named()
    {
        using Device device = new();

        ToolRun run = Deploy(device, AnsweringSsh.RaspberryPi);

        Assert.Equal(2, run.ExitCode);
        Assert.All(["mpu6050", "mpu6886", "--sensor", "--config"], word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("adxl345", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "range": 8, "channels": ["aX", "aY", "aZ"] } }""", "sensor.range")]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "channels": ["aX"] } }""", "3 channels")]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "chanels": ["aX"] } }""", "Did you mean \"channels\"?")]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "channels": ["aX", "aY", "aZ"] }, "gpio": [{ "label": "jump", "pin": 4 }] }""", "no label \"jump\"")]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "channels": ["aX", "aY", "aZ"] }, "simulate": { "recording": "not-there.csv" } }""", "not-there.csv")]
    [InlineData("""{ "sensor": { "kind": "mpu6050", "channels": ["aX", "aY", "aZ"] }, "mqtt": { "host": "h", "topic": "t", "credentials": "../secret" } }""", "credentials")]
    public void A_configuration_with_a_mistake_never_reaches_the_device(string configuration, string message)
    {
        using Device device = new();
        string file = device.Beside("mistaken.json");
        File.WriteAllText(file, configuration);

        device.RunWith(["--ssh", "no-such-program"], device.Model, "--config", file).Failed(3, message);
    }

    [Theory]
    [InlineData("--config", "device.json", "say it in the configuration of --config")]
    [InlineData("--port", "22", "give one of them")]
    public void How_the_device_computes_is_said_with_its_sensor(string option, string value, string message)
    {
        using Device device = new();

        device.RunWith(["--ssh", "no-such-program"], device.Model, option, value, "--compact").Failed(2, message);
        device.RunWith(["--ssh", "no-such-program"], device.Model, option, value, "--threads", "2").Failed(2, message);
        device.RunWith(["--ssh", "no-such-program"], device.Model, "--sensor", "mpu6050", "--compact", "--threads", "2").Failed(2, "--compact computes with one thread");
    }

    [Theory]
    [InlineData("adxl345", 3, "One count")]
    [InlineData("bme280", 2, "Take another sensor")]
    [InlineData("mpu6051", 2, "There is no sensor")]
    public void A_sensor_that_does_not_fit_the_model_never_reaches_the_device(string sensor, int exitCode, string message)
    {
        using Device device = new();

        device.RunWith(["--ssh", "no-such-program"], device.Model, "--sensor", sensor).Failed(exitCode, message);
    }

    [Fact]
    public void An_app_that_does_not_build_says_why_and_how_to_see_more()
    {
        using Device device = new();
        string project = Path.Combine(device.Beside("repository"), "firmware", "raspberry-pi");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "EdgeQuant.Device.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="EdgeQuant.NoSuchPackage" Version="1.0.0" /></ItemGroup>
            </Project>
            """);

        ToolRun run = Deploy(device, AnsweringSsh.RaspberryPi, "--sensor", "mpu6050", "--project", device.Beside("repository"));

        Assert.Equal(5, run.ExitCode);
        Assert.All(["step 'publish'", "linux-arm64", "EdgeQuant.NoSuchPackage", "do not restore here", "--app DIR"], word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
        Deploy(device, AnsweringSsh.RaspberryPi, "--project", Path.GetTempPath()).Failed(3, "not in an EdgeQuant repository");
    }

    private static ToolRun Deploy(Device device, string answer, params string[] arguments)
    {
        return ToolProcess.Run(["deploy", device.Model, "--host", "pi", "--ssh", AnsweringSsh.Write(device, answer), .. arguments]);
    }
}
