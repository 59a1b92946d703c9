using System.Diagnostics;
using EdgeQuant.Converter.Import.TensorFlowLite;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>Reads files that may be malformed and sees that each is either read or refused, within bounds.</summary>
internal static class HostileFile
{
    private const int LongestMessage = 1000;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="how">How the file was made, for the message of a failed test.</param>
    /// <returns>True if it was read, false if it was refused.</returns>
    public static bool Read(ReadOnlyMemory<byte> file, Func<string> how)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        string? refusal = null;
        try
        {
            TfliteModel.Parse(file);
        }
        catch (TfliteFormatException error)
        {
            refusal = error.Message;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{how()}: {error}", error);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return bytes > Bounds.Allocation(file.Length) || time > Bounds.Time || refusal is { Length: 0 or > LongestMessage }
            ? throw new InvalidOperationException($"{how()}: {bytes} bytes allocated in {time}, refused with: {refusal}")
            : refusal is null;
    }
}
