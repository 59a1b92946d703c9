using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>Who holds the lock of a device: <c>user@machine process 1234 1764529200</c>. The last number is when the process started (seconds since 1970), for numbers of processes are used again.</summary>
internal static class LockOwner
{
    private const int Words = 4;

    /// <summary>Linux knows since when a process runs only relative to its own start; two processes may see it differently.</summary>
    private const long ToleranceSeconds = 5;

    private static readonly string Machine = Safe($"{Environment.UserName}@{Environment.MachineName}");

    /// <summary>This process.</summary>
    public static string Self { get; } = OfSelf();

    /// <summary>Whether the owner is a process of this machine and user that is no more: its deployment was killed.</summary>
    /// <param name="holder">The text of the lock: the owner, then <c>at</c> and the time on the device.</param>
    public static bool IsDead(string holder)
    {
        string[] words = holder.Split(" at ")[0].Split(' ');
        if (words.Length != Words || words[0] != Machine || !int.TryParse(words[2], CultureInfo.InvariantCulture, out int id) || !long.TryParse(words[3], CultureInfo.InvariantCulture, out long started))
        {
            return false;
        }

        try
        {
            using Process process = Process.GetProcessById(id);
            return Math.Abs(Started(process) - started) > ToleranceSeconds;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (Win32Exception)
        {
            // It is there and is somebody else's: another program under the same number.
            return true;
        }
    }

    private static string OfSelf()
    {
        using Process process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{Machine} process {process.Id} {Started(process)}");
    }

    private static long Started(Process process)
    {
        return new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
    }

    private static string Safe(string text)
    {
        return string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '@' ? c : '_'));
    }
}
