using System.Globalization;
using EdgeQuant.Firmware.Deploy;

namespace EdgeQuant.Tool.Output;

/// <summary>Deployments as text.</summary>
internal static class DeployText
{
    /// <summary>Prints a step that is done: its name, its time, what came of it; the host in front where there are several.</summary>
    public static void Print(ToolConsole console, DeployStep step, string host)
    {
        string place = host.Length == 0 ? "" : host + "  ";
        console.Line(string.Create(CultureInfo.InvariantCulture, $"{place}{step.Name,-10}{step.Seconds,7:0.00} s  {step.Note}").TrimEnd());
    }

    /// <summary>Prints what was done, or would be.</summary>
    public static void Print(ToolConsole console, DeployReport report)
    {
        console.Line();
        Facts facts = new();
        facts.Add("device", $"{report.Host}: {report.Device.System}, {report.Device.Architecture}, user {report.Device.User} ({string.Join(", ", report.Device.Groups)})");
        facts.Add(".NET", report.Device.DotNet.Length == 0 ? "none: the app has to bring its own" : report.Device.DotNet);
        if (report.App.Length > 0)
        {
            facts.Add("app", report.App);
            facts.Add("reads", report.Configuration);
        }

        facts.Add("release", report.DryRun ? $"would be {report.Release}, {Units.Bytes(report.Bytes)} to copy" : report.Release);
        facts.Add("before", report.Previous.Length == 0 ? "none" : report.Previous);
        if (report.DryRun)
        {
            facts.Add("free", Units.Bytes(report.Device.FreeBytes));
            facts.Add("restart", report.Device.Service == "none" ? $"a unit of the {report.Device.Manager}, to be installed" : Service(report.Device.Service));
            facts.Add("changed", "nothing");
        }

        facts.Print(console);
    }

    /// <summary>Prints what is deployed.</summary>
    public static void Print(ToolConsole console, DeviceStatus status)
    {
        Facts facts = new();
        facts.Add("device", status.Host);
        facts.Add("current", Or(status.Current, "none"));
        facts.Add("previous", Or(status.Previous, "none"));
        facts.Add("releases", Or(string.Join(", ", status.Releases), "none"));
        if (status.Incomplete.Count > 0)
        {
            facts.Add("incomplete", string.Join(", ", status.Incomplete));
        }

        facts.Add("deploying", Or(status.Lock, "nobody"));
        facts.Add("restart", Service(status.Service));
        facts.Add("last label", Or(status.LastLabel, "none"));
        facts.Print(console);
    }

    /// <summary>Prints lines of a log.</summary>
    public static void Print(ToolConsole console, IReadOnlyList<string> lines)
    {
        foreach (string line in lines)
        {
            console.Line(line);
        }
    }

    private static string Service(string service)
    {
        return service switch { "command" => "by the given command", "user" => "a unit of the user", "system" => "a unit of the system", _ => "none" };
    }

    private static string Or(string text, string otherwise)
    {
        return text.Length == 0 ? otherwise : text;
    }
}
