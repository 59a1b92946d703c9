using System.Device.Spi;
using EdgeQuant.Boards.Linux;
using Xunit;

namespace EdgeQuant.Boards.Tests.Linux;

public sealed class LinuxConnectionsTests
{
    [Fact]
    public void A_bus_that_is_not_there_says_how_to_switch_it_on()
    {
        DirectoryInfo devices = Directory.CreateTempSubdirectory("edgequant-tests-");
        try
        {
            using LinuxConnections board = new(devices.FullName);
            foreach (string sensor in new[] { "mpu6050", "bme280", "mcp3008" })
            {
                SensorException exception = Assert.Throws<SensorException>(() => SensorCatalog.Open(new SensorSettings { Sensor = sensor }, board));
                Assert.Equal(SensorFault.BusMissing, exception.Fault);
                Assert.Contains("raspi-config", exception.Help, StringComparison.Ordinal);
            }
        }
        finally
        {
            devices.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_bus_that_this_user_may_not_use_names_the_group()
    {
        // A folder cannot be opened as a file, which .NET says in the same way; root may open every file.
        DirectoryInfo devices = Directory.CreateTempSubdirectory("edgequant-tests-");
        try
        {
            devices.CreateSubdirectory("i2c-1");
            devices.CreateSubdirectory("spidev0.1");
            using LinuxConnections board = new(devices.FullName);
            SensorException i2c = Assert.Throws<SensorException>(() => board.OpenI2c(1, 0x68));
            SensorException spi = Assert.Throws<SensorException>(() => board.OpenSpi(new SpiConnectionSettings(0, 1)));
            Assert.Equal((SensorFault.PermissionDenied, SensorFault.PermissionDenied), (i2c.Fault, spi.Fault));
            Assert.Contains("usermod -aG i2c", i2c.Help, StringComparison.Ordinal);
            Assert.Contains("usermod -aG spi", spi.Help, StringComparison.Ordinal);
        }
        finally
        {
            devices.Delete(recursive: true);
        }
    }
}
