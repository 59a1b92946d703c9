using System.Numerics;
using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class InterpolatedTableTests
{
    [Fact]
    public void LookUp_IsTheRoundedLine_OnEveryInt16()
    {
        short[] table =
            [.. Enumerable.Range(0, InterpolatedTable.EntryCount).Select(static i => (short)(16384 * Math.Sin(i / 9.0)))];
        for (int x = short.MinValue; x <= short.MaxValue; x++)
        {
            int index = (x - short.MinValue) / 128;
            double line = table[index] + ((table[index + 1] - table[index]) * ((x - short.MinValue) % 128) / 128.0);
            if (Math.Floor(line + 0.5) != InterpolatedTable.LookUp((short)x, table))
            {
                Assert.Fail($"At {x} the line is at {line}, not {InterpolatedTable.LookUp((short)x, table)}.");
            }
        }
    }

    [Fact]
    public void LookUp_WrapsTheRiseAndTheResult() => Property.Holds(
        Numbers.Int16.SelectMany(static x => Numbers.Int16.Two(), static (x, ends) => (x, ends)),
        static @case =>
        {
            (short start, short end) = @case.ends;
            short[] table = new short[InterpolatedTable.EntryCount];
            int index = (@case.x - short.MinValue) / 128;
            (table[index], table[index + 1]) = (start, end);

            BigInteger rise = Exact.Wrap((BigInteger)end - start, 16);
            BigInteger result = start + Exact.DivideHalvesUp(rise * ((@case.x - short.MinValue) % 128), 7);
            return InterpolatedTable.LookUp(@case.x, table) == Exact.Wrap(result, 16);
        });

    // From TensorFlow Lite's definition, over entries without order.
    [Fact]
    public void LookUp_EqualsTheReference()
    {
        short[] table = new short[InterpolatedTable.EntryCount];
        uint state = 1;
        for (int i = 0; i < table.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            table[i] = (short)(state >> 16);
        }

        Assert.Equal(
            0x21BD130163788842UL,
            Fingerprint.OfSweep(
                short.MinValue, short.MaxValue, 1, x => InterpolatedTable.LookUp((short)x, table)));
    }
}
