using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>Products of vectors against their definition, on every kernel set: lengths that fill no register, the largest values and offsets.</summary>
public sealed class VectorProductTests
{
    private const int Cases = 300;

    [Fact]
    public void Rows_are_added_up()
    {
        ForEach((kernels, random) =>
        {
            int rows = random.Next(1, 6);
            sbyte[] input = Bytes(random, random.Next(0, 80));
            sbyte[] weights = Bytes(random, rows * input.Length);
            int inputOffset = random.Next(-128, 129);
            int weightOffset = random.Next(-128, 129);
            int[] sums = [.. Enumerable.Range(0, rows + 2).Select(_ => random.Next(-1000, 1000))];
            int[] expected = [.. sums.Select((sum, row) => row < rows ? sum + input.Select((value, k) => (value + inputOffset) * (weights[(row * input.Length) + k] + weightOffset)).Sum() : sum)];

            kernels.AccumulateRows(input, inputOffset, weights, weightOffset, rows, sums);

            Assert.Equal(expected, sums);
        });
    }

    [Fact]
    public void Products_of_rows_with_rows_are_added_up()
    {
        ForEach((kernels, random) =>
        {
            int rows = random.Next(1, 11);
            int length = random.Next(1, 30);
            sbyte[] left = Bytes(random, rows * length);
            sbyte[] right = Bytes(random, rows * length);
            int offset = random.Next(-128, 129);
            int[] sums = [.. Enumerable.Range(0, rows + 2).Select(_ => random.Next(-1000, 1000))];
            int[] expected = [.. sums.Select((sum, row) => row < rows ? sum + Enumerable.Range(row * length, length).Sum(k => (left[k] + offset) * right[k]) : sum)];

            kernels.AccumulateRowProducts(left, offset, right, rows, sums);

            Assert.Equal(expected, sums);
        });
    }

    [Fact]
    public void Data_of_16_bits_make_sums_of_64()
    {
        ForEach((kernels, random) =>
        {
            short[] input = [.. Enumerable.Range(0, random.Next(0, 80)).Select(_ => (short)(random.Next(3) == 0 ? short.MinValue : random.Next(short.MinValue, 32768)))];
            sbyte[] weights = Bytes(random, input.Length);
            int inputOffset = random.Next(2) * random.Next(-32768, 32768);
            int weightOffset = random.Next(-128, 129);
            long expected = input.Select((value, k) => (long)(value + inputOffset) * (weights[k] + weightOffset)).Sum();

            Assert.Equal(expected, kernels.MultiplyInt16(input, inputOffset, weights, weightOffset));
        });
    }

    [Fact]
    public void Multiples_are_added()
    {
        ForEach((kernels, random) =>
        {
            sbyte[] row = Bytes(random, random.Next(0, 50));
            int scale = random.Next(-256, 257);
            int offset = random.Next(-128, 129);
            int[] sums = [.. Enumerable.Range(0, row.Length + 3).Select(_ => random.Next(-1000, 1000))];
            int[] expected = [.. sums.Select((sum, i) => i < row.Length ? sum + (scale * (row[i] + offset)) : sum)];

            kernels.AccumulateScaled(scale, row, offset, sums);

            Assert.Equal(expected, sums);
        });
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
        return [.. Enumerable.Range(0, count).Select(_ => (sbyte)(random.Next(3) == 0 ? sbyte.MinValue : random.Next(-128, 128)))];
    }
}
