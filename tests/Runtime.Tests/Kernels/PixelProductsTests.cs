using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>Products of a pixel are those of the definition, in processes of 64 bits as in those of 32, whatever this one is.</summary>
public sealed class PixelProductsTests
{
    private const int Block = 8;
    private const int Quad = 4;

    private delegate void Add(ref byte pixel, ReadOnlySpan<int> quads, ref sbyte weights, nint step, ref int sums);

    [Fact]
    public void Pairs()
    {
        Check(PixelProducts.AddPairs);
    }

    [Fact]
    public void One_by_one()
    {
        Check(PixelProducts.AddSingly);
    }

    private static void Check(Add add)
    {
        Random random = new(1);
        foreach (int count in (int[])[1, 2, 15, 200])
        {
            byte[] data = new byte[count * Quad * 2];
            random.NextBytes(data);
            int[] quads = [.. Enumerable.Range(0, count).Select(_ => random.Next(data.Length - Quad + 1))];
            sbyte[] weights = [.. Enumerable.Range(0, count * Block * Quad).Select(_ => (sbyte)random.Next(-128, 128))];
            int[] sums = [100, -100, 0, int.MaxValue / 2];
            int[] expected = [.. sums.Select((sum, channel) =>
                sum + Enumerable.Range(0, count * Quad).Sum(i => (sbyte)data[quads[i / Quad] + (i % Quad)] * weights[(((i / Quad * Block) + channel) * Quad) + (i % Quad)]))];

            add(ref data[0], quads, ref weights[0], Block * Quad, ref sums[0]);

            Assert.Equal(expected, sums);
        }
    }
}
