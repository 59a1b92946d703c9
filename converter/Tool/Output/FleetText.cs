using System.Globalization;
using EdgeQuant.Firmware.Deploy;
using EdgeQuant.Firmware.Deploy.Inventory;
using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>What became of the hosts of an inventory: a table, or the same as JSON.</summary>
internal static class FleetText
{
    /// <summary>Prints what was deployed, rolled back, or would be.</summary>
    /// <returns>What the tool ends with.</returns>
    public static ExitCode Print(ToolConsole console, IReadOnlyList<HostResult<DeployReport>> results)
    {
        if (console.Json)
        {
            console.Write(new FleetDocument([.. results.Select(HostDocument.Of)]), JsonDocuments.Compact.FleetDocument);
            return Code(results);
        }

        Table table = ListTable.Create().Name("host").Name("outcome").Name("release").Name("before").Number("s").Text("what");
        foreach (HostResult<DeployReport> result in results)
        {
            string what = result.Result is { DryRun: true } report ? $"would copy {Units.Bytes(report.Bytes)}; reads {report.Configuration}" : result.Failure?.Message ?? "";
            table.Row(result.Host, Word(result), result.Result?.Release ?? "", result.Result is { } done ? Or(done.Previous, "none") : "", Seconds(result.Seconds), Printable.Of(what));
        }

        console.Line();
        console.Write(table);
        if (results.Any(result => result.Outcome == HostOutcome.NotTried))
        {
            string[] changed = [.. results.Where(result => result.Outcome == HostOutcome.Done).Select(result => result.Host)];
            console.Line();
            console.Line(changed.Length == 0
                ? "No host was changed."
                : $"{string.Join(", ", changed)}: the new release runs. Deploy again when the cause is found; or take it back there with --rollback --host HOST.");
        }

        return Code(results);
    }

    /// <summary>Prints what is deployed.</summary>
    /// <returns>What the tool ends with.</returns>
    public static ExitCode Print(ToolConsole console, IReadOnlyList<HostResult<DeviceStatus>> results)
    {
        if (console.Json)
        {
            console.Write(new FleetDocument([.. results.Select(HostDocument.Of)]), JsonDocuments.Compact.FleetDocument);
            return Code(results);
        }

        Table table = ListTable.Create().Name("host").Name("current").Name("previous").Text("last label");
        foreach (HostResult<DeviceStatus> result in results)
        {
            table.Row(result.Host, Or(result.Result?.Current, "none"), Or(result.Result?.Previous, "none"), Printable.Of(result.Failure?.Message ?? Or(result.Result?.LastLabel, "none")));
        }

        console.Write(table);
        return Code(results);
    }

    /// <summary>Says what was written for Ansible.</summary>
    /// <returns>What the tool ends with.</returns>
    public static ExitCode Print(ToolConsole console, PlaybookDocument document)
    {
        if (console.Json)
        {
            console.Write(document, JsonDocuments.Compact.PlaybookDocument);
            return ExitCode.Done;
        }

        Facts facts = new();
        facts.Add("playbook", document.Playbook);
        facts.Add("inventory", document.Inventory);
        facts.Add("files", document.Files);
        facts.Add("run it", $"ansible-playbook -i {document.Inventory} {document.Playbook}");
        facts.Print(console);
        return ExitCode.Done;
    }

    /// <summary>A word for what became of a host.</summary>
    private static string Word<T>(HostResult<T> result)
        where T : class
    {
        return result.Outcome switch { HostOutcome.Done => "done", HostOutcome.Failed => "failed", HostOutcome.Interrupted => "interrupted", _ => "not tried" };
    }

    private static ExitCode Code<T>(IReadOnlyList<HostResult<T>> results)
        where T : class
    {
        return results.Any(result => result.Outcome == HostOutcome.Failed) ? ExitCode.DeviceFailed
            : results.Any(result => result.Outcome != HostOutcome.Done) ? ExitCode.Interrupted
            : ExitCode.Done;
    }

    private static string Seconds(double seconds)
    {
        return seconds.ToString("0.0", CultureInfo.InvariantCulture);
    }

    private static string Or(string? text, string otherwise)
    {
        return string.IsNullOrEmpty(text) ? otherwise : text;
    }
}
