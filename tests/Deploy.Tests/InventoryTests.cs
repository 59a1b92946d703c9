using System.Text.Json.Nodes;
using EdgeQuant.Firmware.Deploy;
using EdgeQuant.Firmware.Deploy.Inventory;
using EdgeQuant.Tests.Support;
using EdgeQuant.Tool.Tests;
using Json.Schema;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>Inventories: what they say, what is refused, and that the schema agrees.</summary>
public sealed class InventoryTests : IDisposable
{
    /// <summary>Every key that there is. JSON is YAML too, so that the schema can look at it.</summary>
    private const string Whole = """
        {
          "defaults": { "user": "pi", "port": 22, "sensor": "mpu6050", "watch": 20 },
          "groups": {
            "kitchen": { "port": 2222, "folder": "/opt/edgequant", "unit": "kitchen@1", "config": "device.json" },
            "hall": { "simulate": "recording.csv", "sensor": "mpu6886" }
          },
          "hosts": [
            "pi-1",
            { "host": "pi-2", "group": "kitchen", "user": "ann", "sshOptions": ["IdentityFile=~/.ssh/pi"], "restartCommand": "./restart", "selfTestCommand": "true", "labelFile": "labels", "app": "app" },
            { "host": "bob@pi-3", "group": "hall", "watch": 5 }
          ]
        }
        """;

    private static readonly JsonSchema s_schema = JsonSchema.FromFile(Path.Combine(Repository.Root, "firmware", "Deploy", "Inventory", "inventory.schema.json"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-inventory-");

    public InventoryTests()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "device.json"), "{}");
        File.WriteAllText(Path.Combine(_folder.FullName, "recording.csv"), "");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "app"));
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_host_says_what_its_group_and_the_defaults_do_not()
    {
        IReadOnlyList<InventoryHost> hosts = InventoryReader.Read(Write(Whole));

        Assert.True(s_schema.Evaluate(JsonNode.Parse(Whole)).IsValid);
        Assert.Equal(["pi-1:22", "pi-2:2222", "bob@pi-3:22"], hosts.Select(host => host.Name));
        Assert.Equal(["pi@pi-1", "ann@pi-2", "bob@pi-3"], hosts.Select(host => host.Host));
        Assert.Equal(new ConnectionOptions("pi@pi-1") { Port = 22 }, hosts[0].Connection("ssh", "scp"));
        Assert.Equal(new DeviceOptions { WatchSeconds = 20 }, hosts[0].Device());
        Assert.Equal(
            new DeviceOptions { Folder = "/opt/edgequant", Unit = "kitchen@1", RestartCommand = "./restart", SelfTestCommand = "true", LabelFile = "labels", WatchSeconds = 20 },
            hosts[1].Device());
        Assert.Equal((2222, "IdentityFile=~/.ssh/pi"), (hosts[1].Connection("ssh", "scp").Port, hosts[1].Connection("ssh", "scp").Options.Single()));
        Assert.Equal(5, hosts[2].Device().WatchSeconds);
    }

    [Fact]
    public void Names_alone_are_an_inventory()
    {
        IReadOnlyList<InventoryHost> hosts = InventoryReader.Read(Write("# The two of the hall.\nhosts: [pi-1, pi-2]\n"));

        Assert.Equal(["pi-1", "pi-2"], hosts.Select(host => host.Host));
        Assert.Equal(new ConnectionOptions("pi-1"), hosts[0].Connection("ssh", "scp"));
    }

    /// <summary>The reader refuses it, with the line; the schema refuses it too, unless it is about other values or files.</summary>
    [Theory]
    [InlineData("\"port\": 22,", "\"prot\": 22,", "line 2", "Did you mean \"port\"?", true)]
    [InlineData("\"port\": 2222", "\"port\": 70000", "line 4", "from 1 to 65535", true)]
    [InlineData("\"port\": 2222", "\"port\": \"2222\"", "line 4", "from 1 to 65535", true)]
    [InlineData("\"mpu6050\"", "\"mpu6051\"", "line 2", "Did you mean \"mpu6050\"?", true)]
    [InlineData("\"pi-1\"", "\"-oProxyCommand=x\"", "line 8", "no hyphen in front", true)]
    [InlineData("\"host\": \"pi-2\", ", "", "line 9", "no member \"host\"", true)]
    [InlineData("\"/opt/edgequant\"", "\"a;b\"", "line 4", "letters, digits", true)]
    [InlineData("\"config\": \"device.json\"", "\"config\": \"device.json\", \"sensor\": \"bme280\"", "line 4", "it says all", true)]
    [InlineData("\"hosts\"", "\"host\"", "line 1", "no member \"hosts\"", true)]
    [InlineData("\"group\": \"hall\"", "\"group\": \"hal\"", "line 10", "Did you mean \"hall\"?", false)]
    [InlineData("\"pi-1\"", "{ \"host\": \"pi-2\", \"port\": 2222 }", "line 9", "stands in this list before", false)]
    [InlineData("device.json", "nowhere.json", "line 4", "does not exist", false)]
    [InlineData("\"user\": \"pi\",", "\"user\": \"pi\", \"user\": \"ann\",", "line 2", "uplicate", false)]
    public void A_mistake_is_said_with_its_line(string right, string wrong, string line, string message, bool isForSchema)
    {
        string text = Whole.Replace(right, wrong, StringComparison.Ordinal);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => InventoryReader.Read(Write(text)));

        Assert.Contains(line, exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        if (isForSchema)
        {
            Assert.False(s_schema.Evaluate(JsonNode.Parse(text)).IsValid);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("hosts:")]
    [InlineData("hosts: []")]
    [InlineData("hosts: pi")]
    [InlineData("hosts: [pi")]
    [InlineData("hosts: [[pi]]")]
    [InlineData("- pi")]
    [InlineData("hosts: [pi]\n---\nhosts: [pi]")]
    [InlineData("&a hosts: *a")]
    [InlineData("a: &a [*a]\nhosts: [pi]")]
    [InlineData("? [a]\n: b\nhosts: [pi]")]
    [InlineData("hosts: [[[[[[[[[[[[[[[[[[[[[[pi]]]]]]]]]]]]]]]]]]]]]]")]
    public void What_is_no_inventory_is_refused(string text)
    {
        Assert.Throws<InvalidDataException>(() => InventoryReader.Read(Write(text)));
    }

    [Fact]
    public void The_tool_says_what_is_wrong_before_it_reaches_any_host()
    {
        ToolProcess.Run("deploy", "--status", "--inventory", Write("hosts: [pi]\ndefault: {}\n")).Failed(3, "Did you mean \"defaults\"?");
        ToolProcess.Run("deploy", "--status", "--inventory", Path.Combine(_folder.FullName, "nowhere.yaml")).Failed(3, "nowhere.yaml");
        ToolProcess.Run("deploy", "--status", "--inventory", Write("hosts: [pi]"), "--host", "pi").Failed(2, "either --host or --inventory");
        ToolProcess.Run("deploy", "--status").Failed(2, "either --host or --inventory");
        ToolProcess.Run("deploy", "--status", "--inventory", Write("hosts: [pi]"), "--folder", "x").Failed(2, "--folder cannot be given with --inventory");
        ToolProcess.Run("deploy", DemoFolder.Model, "--ssh", "no-such-program", "--inventory", Write("hosts:\n  - host: pi\n    sensor: adxl345\n")).Failed(3, "pi: One count");
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder.FullName, "hosts.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
