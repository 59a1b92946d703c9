namespace EdgeQuant.Deploy.Tests;

/// <summary>Programs in the place of ssh and scp whose connection is cut.</summary>
internal static class CuttingProgram
{
    /// <summary>Cuts a connection, counted in a file, and all after it: before the device hears of it, while it works, or before its answer arrives.</summary>
    private const string Cutter = """
        #!/bin/sh
        count=$(cat COUNT 2>/dev/null || echo 0)
        count=$((count + 1))
        echo $count >COUNT
        [ $count -ge STEP ] || exec PROGRAM "$@"
        if [ $count -eq STEP ]; then
          case WHEN in
            during)
              exec 3<&0
              PROGRAM "$@" <&3 >/dev/null 2>&1 &
              sleep 0.5
              kill -9 $! ;;
            after) PROGRAM "$@" >/dev/null 2>&1 ;;
          esac
        fi
        echo "Connection closed by remote host" >&2
        exit 255
        """;

    /// <summary>Writes one and starts counting connections.</summary>
    /// <param name="device">Where it is written.</param>
    /// <param name="program">The program whose place it takes.</param>
    /// <param name="step">Which connection is cut, from 1.</param>
    /// <param name="when">before, during or after it.</param>
    public static string Write(Device device, string program, int step, string when)
    {
        File.Delete(device.Beside("count"));
        return device.WriteProgram("cutting-" + program, Cutter
            .Replace("COUNT", device.Beside("count"), StringComparison.Ordinal)
            .Replace("STEP", $"{step}", StringComparison.Ordinal)
            .Replace("WHEN", when, StringComparison.Ordinal)
            .Replace("PROGRAM", program, StringComparison.Ordinal));
    }
}
