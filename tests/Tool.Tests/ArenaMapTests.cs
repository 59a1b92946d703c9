using EdgeQuant.Converter.Report;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>The text map of the arena, from plans made up here.</summary>
public sealed class ArenaMapTests
{
    [Fact]
    public void Each_buffer_shows_where_and_when_it_is_alive()
    {
        ArenaMap map = ArenaMap.Draw(Model(2, 30, new BufferReport(0, 0, 10, -1, 0), new BufferReport(1, 10, 20, 0, 1), new BufferReport(2, 0, 10, 1, 2)), columns: 4, rows: 3);
        Assert.Equal(10, map.BytesPerRow);
        Assert.Equal(["aacc", ".bb.", ".bb."], map.Rows);
    }

    [Fact]
    public void Few_operators_get_wide_columns_and_their_numbers()
    {
        ArenaMap map = ArenaMap.Draw(Model(2, 10, new BufferReport(0, 0, 10, -1, 2)), columns: 80, rows: 20);
        Assert.Equal(1, map.BytesPerRow);
        Assert.All(map.Rows, row => Assert.Equal(new string('a', 16), row));
        Assert.Equal("in  0   1   out", map.Axis);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(500)]
    public void Many_operators_fit_into_any_width(int columns)
    {
        BufferReport[] buffers = [.. Enumerable.Range(0, 101).Select(i => new BufferReport(i, 1000 * (i % 2), 1000, i - 1, i))];
        ArenaMap map = ArenaMap.Draw(Model(100, 2000, buffers), columns, rows: 10);
        Assert.Equal(10, map.Rows.Count);
        Assert.All(map.Rows, row => Assert.InRange(row.Length, Math.Min(columns, 102), columns));
        Assert.All(map.Rows, row => Assert.Contains(row, cell => cell != ArenaMap.Free));
        Assert.InRange(map.Axis.Length, 0, columns);
    }

    [Fact]
    public void Free_bytes_show_as_dots()
    {
        ArenaMap map = ArenaMap.Draw(Model(1, 100, new BufferReport(0, 90, 10, 0, 0)), columns: 3, rows: 10);
        Assert.All(map.Rows.Take(9), row => Assert.Equal("...", row));
        Assert.Equal(".a.", map.Rows[9]);
    }

    private static ModelReport Model(int operators, int arenaBytes, params BufferReport[] buffers)
    {
        OperatorReport[] made = [.. Enumerable.Range(0, operators).Select(i => new OperatorReport(i, "Any", [], [], [], [], 0, 0))];
        return new ModelReport("1.0", 0, arenaBytes, 0, 0, 0, 0, [], [], [], made, buffers, null);
    }
}
