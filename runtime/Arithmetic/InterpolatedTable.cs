#if !NANOFRAMEWORK
using System.Runtime.CompilerServices;
#endif

namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// A function of an int16 as a table of its values at every 128th argument, with straight lines between: TensorFlow
/// Lite's int16 look-up table.
/// </summary>
internal static class InterpolatedTable
{
    /// <summary>
    /// Entries of a table: entry i is the value at 128 * (i - 256); the last one only ends the last line.
    /// </summary>
    internal const int EntryCount = 513;

    /// <summary>
    /// The value at <paramref name="x"/>, rounded to nearest with halves upwards. The rise between two neighbouring
    /// entries must be within the range of <see cref="short"/>, or it wraps around.
    /// </summary>
#if !NANOFRAMEWORK
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#endif
    internal static short LookUp(short x, Int16Parameters table)
    {
        int index = 256 + (x >> 7);
        int start = table[index];
        int rise = (short)(table[index + 1] - start);
        return (short)(start + (((rise * (x & 0x7F)) + 64) >> 7));
    }
}
