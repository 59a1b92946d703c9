using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Operators;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Threads;

/// <summary>How products of one vector are cut among threads. That the outputs are the same is tested with networks.</summary>
public sealed class SplitProductTests
{
    [Theory]
    [InlineData(1, 1024, 1024, 2, 2)]
    [InlineData(1, 1024, 1024, 64, 5)]
    [InlineData(1, 1000, 400, 2, 2)]
    [InlineData(1, 999, 400, 2, 1)]
    [InlineData(1, 40_000, 31, 2, 1)]
    [InlineData(2, 1024, 1024, 2, 1)]
    public void Pieces_are_worth_a_thread(int rows, int columns, int outputs, int threads, int pieces)
    {
        Assert.Equal(pieces, SplitProduct.Pieces(new Window(rows, columns, outputs), columns * outputs, threads, SplitConvolution.SmallestPiece));
    }

    [Theory]
    [InlineData(32, new[] { 0, 16, 32 })]
    [InlineData(47, new[] { 0, 16, 47 })]
    [InlineData(1000, new[] { 0, 320, 656, 1000 })]
    public void Pieces_start_with_whole_vectors(int outputs, int[] starts)
    {
        Assert.Equal(starts, SplitProduct.Starts(outputs, starts.Length - 1));
    }
}
