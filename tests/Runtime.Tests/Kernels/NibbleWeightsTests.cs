using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>Weights held two a byte: what goes in comes out, and what has too many values does not go in.</summary>
public sealed class NibbleWeightsTests
{
    private const int Values = 16;
    private const int Count = 10000;

    [Fact]
    public void Weights_of_few_values_come_back()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            int block = random.Next(200, 3000);
            bool isShared = random.Next(2) == 0;
            sbyte[] weights = [.. Enumerable.Range(0, Count).Chunk(block).SelectMany((own, i) => Drawn(random, own.Length, new Random(isShared ? seed : i)))];

            NibbleWeights nibbles = Assert.IsType<NibbleWeights>(NibbleWeights.TryCreate(weights, block));

            Assert.InRange(nibbles.HeldBytes, Count / 2, Count * 3 / 4);
            foreach ((int i, sbyte[] own) in weights.Chunk(block).Index())
            {
                Assert.Equal(own, Decoded(nibbles, i, own.Length));
            }
        }
    }

    [Fact]
    public void A_block_of_more_values_is_refused()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            int block = random.Next(200, 3000);
            sbyte[] weights = Drawn(random, Count, random);
            Assert.NotNull(NibbleWeights.TryCreate(weights, block));

            sbyte other = Enumerable.Range(-128, 256).Select(value => (sbyte)value).Except(weights).First();
            int start = random.Next(Count / block) * block;
            sbyte[] seventeen = [.. weights.Distinct().Take(Values), other];
            seventeen.CopyTo(weights, start);
            Assert.Null(NibbleWeights.TryCreate(weights, block));
        }
    }

    [Fact]
    public void Where_little_would_be_saved_weights_stay_as_they_are()
    {
        Assert.Null(NibbleWeights.TryCreate(new sbyte[100], 100));
        Assert.Null(NibbleWeights.TryCreate(Drawn(new Random(1), Count, new Random(1)), 10));
    }

    [Fact]
    public void Four_products_are_held_up_to_32()
    {
        Assert.True(Filled(32).HoldFourProducts);
        Assert.True(Filled(-32).HoldFourProducts);
        Assert.False(Filled(33).HoldFourProducts);
        Assert.False(Filled(-33).HoldFourProducts);
        Assert.False(Filled(-128).HoldFourProducts);
    }

    private static sbyte[] Decoded(NibbleWeights nibbles, int block, int count)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(ref nibbles.Nibbles(block), (count + NibbleWeights.Group - 1) / NibbleWeights.Group * NibbleWeights.GroupBytes);
        sbyte[] weights = new sbyte[count];
        for (int i = 0; i < count; i++)
        {
            int pair = bytes[(i / NibbleWeights.Group * NibbleWeights.GroupBytes) + (i % NibbleWeights.GroupBytes)];
            bool isHigh = i % NibbleWeights.Group >= NibbleWeights.GroupBytes;
            weights[i] = nibbles.Table(block).GetElement(isHigh ? pair >> 4 : pair & 0xF);
        }

        return weights;
    }

    private static NibbleWeights Filled(int value)
    {
        sbyte[] weights = new sbyte[Count];
        weights[Count / 2] = (sbyte)value;
        return NibbleWeights.TryCreate(weights, Count)!;
    }

    private static sbyte[] Drawn(Random random, int count, Random values)
    {
        sbyte[] table = [.. Enumerable.Range(-128, 256).Select(value => (sbyte)value)];
        values.Shuffle(table);
        return [.. Enumerable.Range(0, count).Select(i => table[i < Values ? i : random.Next(Values)])];
    }
}
