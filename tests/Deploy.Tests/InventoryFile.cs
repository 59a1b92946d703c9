namespace EdgeQuant.Deploy.Tests;

/// <summary>An inventory of devices behind servers of their own.</summary>
internal static class InventoryFile
{
    /// <summary>Writes it beside the first device's apps.</summary>
    /// <param name="devices">The devices, their servers, and the folders of their apps.</param>
    /// <returns>Its path.</returns>
    public static string Write(params (Device Device, SshServer Server, string App)[] devices)
    {
        string path = devices[0].Device.Beside("hosts.yaml");
        File.WriteAllText(path, $"""
            defaults:
              watch: 4
            groups:
              local: {"{"} user: {Environment.UserName} {"}"}
            hosts:
            {string.Concat(devices.Select(Host))}
            """);
        return path;
    }

    private static string Host((Device Device, SshServer Server, string App) entry)
    {
        string[] options = entry.Server.Options();
        IEnumerable<string> ssh = options.Select((option, index) => (option, index)).Where(pair => pair.index > 0 && options[pair.index - 1] == "--ssh-option").Select(pair => $"      - {pair.option}\n");
        return $"""
              - host: 127.0.0.1
                group: local
                port: {entry.Server.Port}
                folder: {entry.Device.Folder}
                restartCommand: {entry.Device.Service[1]}
                app: {entry.App}
                config: {Path.Combine(entry.App, "device.json")}
                sshOptions:
            {string.Concat(ssh)}
            """ + "\n";
    }
}
