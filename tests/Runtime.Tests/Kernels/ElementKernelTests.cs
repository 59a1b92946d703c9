using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>Kernels that compare, convert, add and copy elements against their definition, on every kernel set: lengths that fill no register, and the extremes.</summary>
public sealed class ElementKernelTests
{
    private const int Cases = 500;
    private const int Margin = 3;

    [Fact]
    public void The_largest_of_a_row_is_found()
    {
        ForEach((kernels, random) =>
        {
            sbyte[] row = Bytes(random, random.Next(1, 70));

            Assert.Equal(row.Max(), kernels.Largest(row));
        });
    }

    [Fact]
    public void The_largest_of_a_window_is_found_channel_by_channel()
    {
        ForEach((kernels, random) =>
        {
            int channels = random.Next(1, 50);
            int rows = random.Next(1, 5);
            int columns = random.Next(1, 5);
            int stride = (columns + random.Next(3)) * channels;
            sbyte[] input = Bytes(random, ((rows - 1) * stride) + (columns * channels));
            sbyte[] largest = Bytes(random, channels + Margin);
            sbyte[] expected =
            [
                .. from channel in Enumerable.Range(0, channels)
                   select (from y in Enumerable.Range(0, rows) from x in Enumerable.Range(0, columns) select input[(y * stride) + (x * channels) + channel]).Max(),
                .. largest[channels..],
            ];

            kernels.MaximumWindow(input, rows, stride, columns, largest.AsSpan(0, channels));

            Assert.Equal(expected, largest);
        });
    }

    [Fact]
    public void Rows_are_added()
    {
        ForEach((kernels, random) =>
        {
            int count = random.Next(1, 50);
            int rows = random.Next(20) == 0 ? random.Next(250, 600) : random.Next(1, 9);
            int stride = count + random.Next(3);
            sbyte[] input = Bytes(random, ((rows - 1) * stride) + count);
            int[] sums = Integers(random, count + Margin);
            int[] expected = [.. sums.Select((sum, i) => i < count ? sum + Enumerable.Range(0, rows).Sum(row => input[(row * stride) + i]) : sum)];

            kernels.AddRows(input, rows, stride, sums, count);

            Assert.Equal(expected, sums);
        });
    }

    [Fact]
    public void Elements_are_widened_where_they_are_asked_for()
    {
        ForEach((kernels, random) =>
        {
            int start = random.Next(Margin);
            int count = random.Next(70);
            sbyte[] bytes = Bytes(random, count);
            short[] shorts = [.. Integers(random, count).Select(value => (short)value)];
            int[] values = Integers(random, start + count + Margin);
            int[] wideValues = [.. values];
            int[] expected = [.. values[..start], .. bytes.Select(element => (int)element), .. values[(start + count)..]];
            int[] wideExpected = [.. values[..start], .. shorts.Select(element => (int)element), .. values[(start + count)..]];

            kernels.Widen(bytes, values, start);
            kernels.WidenInt16(shorts, wideValues, start);

            Assert.Equal(expected, values);
            Assert.Equal(wideExpected, wideValues);
        });
    }

    [Fact]
    public void Elements_are_cut_to_their_lowest_bits()
    {
        ForEach((kernels, random) =>
        {
            int start = random.Next(Margin);
            int count = random.Next(70);
            int[] values = Integers(random, start + count + Margin);
            sbyte[] bytes = Bytes(random, count + Margin);
            short[] shorts = [.. bytes];
            sbyte[] expected = [.. values[start..(start + count)].Select(value => unchecked((sbyte)value)), .. bytes[count..]];
            short[] wideExpected = [.. values[start..(start + count)].Select(value => unchecked((short)value)), .. shorts[count..]];

            kernels.Narrow(values, start, bytes.AsSpan(0, count));
            kernels.NarrowInt16(values, start, shorts.AsSpan(0, count));

            Assert.Equal(expected, bytes);
            Assert.Equal(wideExpected, shorts);
        });
    }

    [Fact]
    public void Blocks_are_copied_one_after_the_other()
    {
        ForEach((kernels, random) =>
        {
            int length = random.Next(1, 80);
            int count = random.Next(1, 6);
            (int from, int sourceStride, int sourceLength) = Blocks(random, count, length);
            (int to, int targetStride, int targetLength) = Blocks(random, count, length);
            sbyte[] source = Bytes(random, sourceLength);
            sbyte[] target = Bytes(random, targetLength);
            sbyte[] expected = [.. target];
            for (int i = 0; i < count; i++)
            {
                source.AsSpan(from + (i * sourceStride), length).CopyTo(expected.AsSpan(to + (i * targetStride)));
            }

            kernels.CopyBlocks(source, from, sourceStride, target, to, targetStride, count, length);

            Assert.Equal(expected, target);
        });
    }

    [Fact]
    public void A_block_may_overlap_what_it_is_copied_to()
    {
        ForEach((kernels, random) =>
        {
            int length = random.Next(1, 80);
            int from = random.Next(20);
            int to = random.Next(20);
            sbyte[] bytes = Bytes(random, 20 + length);
            sbyte[] expected = [.. bytes];
            expected.AsSpan(from, length).CopyTo(expected.AsSpan(to));

            kernels.CopyBlocks(bytes, from, 0, bytes, to, 0, 1, length);

            Assert.Equal(expected, bytes);
        });
    }

    /// <summary>Where blocks lie, forwards, backwards or all at one place, with some room around them.</summary>
    private static (int Start, int Stride, int Length) Blocks(Random random, int count, int length)
    {
        int stride = random.Next(-length - 5, length + 6);
        int reach = (count - 1) * stride;
        int start = random.Next(Margin) + Math.Max(-reach, 0);
        return (start, stride, start + Math.Max(reach, 0) + length + random.Next(Margin));
    }

    private static void ForEach(Action<KernelSet, Random> check)
    {
        foreach (KernelSet kernels in KernelSets.All)
        {
            for (int seed = 0; seed < Cases; seed++)
            {
                check(kernels, new Random(seed));
            }
        }
    }

    private static sbyte[] Bytes(Random random, int count)
    {
        sbyte[] bytes = [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-128, 128))];
        return random.Next(4) == 0 ? Array.ConvertAll(bytes, value => (sbyte)(value / 16 * 16)) : bytes;
    }

    private static int[] Integers(Random random, int count)
    {
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(3) == 0 ? random.Next(-200, 200) : random.Next(int.MinValue, int.MaxValue))];
    }
}
