using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class TableLogarithmTests
{
    private const int Scale = 1 << 11;

    // The lines between the table's entries count so little that a result may be off by the distance of two entries, 224 / 2^16 of log2.
    private const double ErrorBound = 0.6 + (224.0 / 65536 * 0.6931472 * Scale);

    private static readonly short[] s_table = [.. Enumerable.Range(0, TableLogarithm.Entries)
        .Select(i => i / 128.0)
        .Select(x => (short)Math.Round((Math.Log2(1 + x) - x) * 65536))];

    [Fact]
    public void Of_IsTheLogarithm() => Property.Holds(
        Numbers.Int32.Select(static value => (uint)value).Where(static value => value > 0),
        static x => Math.Abs(TableLogarithm.Of(x, Scale, s_table) - (Math.Log(x) * Scale)) <= ErrorBound);
}
