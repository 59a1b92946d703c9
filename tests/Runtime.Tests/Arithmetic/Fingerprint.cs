namespace EdgeQuant.Runtime.Tests.Arithmetic;

/// <summary>
/// FNV-1a, 64 bits, over integers in little-endian order: stands for a reference implementation's results over a sweep
/// of arguments, so that equality to the last bit can be tested without that implementation.
/// </summary>
internal sealed class Fingerprint
{
    public ulong Value { get; private set; } = 14695981039346656037;

    /// <summary>The fingerprint of <paramref name="function"/> over first, first + step, ... up to last.</summary>
    public static ulong OfSweep(long first, long last, long step, Func<int, int> function)
    {
        var fingerprint = new Fingerprint();
        for (long x = first; x <= last; x += step)
        {
            fingerprint.Add(function((int)x));
        }

        return fingerprint.Value;
    }

    public void Add(int value)
    {
        for (int shift = 0; shift < 32; shift += 8)
        {
            Value = (Value ^ (byte)(value >> shift)) * 1099511628211;
        }
    }
}
