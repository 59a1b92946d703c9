using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>The kernels in plain C# that keep no copy of the weights and no scratch: the smallest set, and what the others are compared with.</summary>
internal class CompactKernels : KernelSet
{
    /// <summary>Up to this length a loop is faster than a call.</summary>
    private const int ShortBlock = 4;

    internal override string Name => "compact";

    internal override void MultiplyRows(ReadOnlyInt8Vector input, ReadOnlyInt8Vector weights, int firstRow, Int8Vector output, RowParameters parameters)
    {
        int inputOffset = parameters.InputOffset;
        int weightOffset = parameters.WeightOffset;
        int row = 0;
        for (; row + 4 <= output.Length; row += 4)
        {
            int start = (firstRow + row) * input.Length;
            ReadOnlySpan<sbyte> weights0 = weights.Slice(start, input.Length);
            ReadOnlySpan<sbyte> weights1 = weights.Slice(start + input.Length, input.Length);
            ReadOnlySpan<sbyte> weights2 = weights.Slice(start + (2 * input.Length), input.Length);
            ReadOnlySpan<sbyte> weights3 = weights.Slice(start + (3 * input.Length), input.Length);
            int sum0 = 0;
            int sum1 = 0;
            int sum2 = 0;
            int sum3 = 0;
            for (int k = 0; k < input.Length; k++)
            {
                int x = input[k] + inputOffset;
                sum0 += x * (weights0[k] + weightOffset);
                sum1 += x * (weights1[k] + weightOffset);
                sum2 += x * (weights2[k] + weightOffset);
                sum3 += x * (weights3[k] + weightOffset);
            }

            output[row] = Finish(sum0, firstRow + row, parameters);
            output[row + 1] = Finish(sum1, firstRow + row + 1, parameters);
            output[row + 2] = Finish(sum2, firstRow + row + 2, parameters);
            output[row + 3] = Finish(sum3, firstRow + row + 3, parameters);
        }

        for (; row < output.Length; row++)
        {
            ReadOnlySpan<sbyte> weights0 = weights.Slice((firstRow + row) * input.Length, input.Length);
            int sum = 0;
            for (int k = 0; k < input.Length; k++)
            {
                sum += (input[k] + inputOffset) * (weights0[k] + weightOffset);
            }

            output[row] = Finish(sum, firstRow + row, parameters);
        }
    }

    internal override void MultiplyRowsInt4(ReadOnlyInt8Vector input, ReadOnlyInt8Vector weights, int firstRow, Int8Vector output, RowParameters parameters)
    {
        int inputOffset = parameters.InputOffset;
        int weightOffset = parameters.WeightOffset;
        for (int row = 0; row < output.Length; row++)
        {
            int start = (firstRow + row) * input.Length;
            int sum = 0;
            for (int k = 0; k < input.Length; k++)
            {
                sum += (input[k] + inputOffset) * (PackedInt4.Element(weights, start + k) + weightOffset);
            }

            output[row] = Finish(sum, firstRow + row, parameters);
        }
    }

    internal override void MultiplyRowsInt16(ReadOnlyInt16Vector input, ReadOnlyInt8Vector weights, int firstRow, Int16Vector output, RowParameters parameters)
    {
        Int32Parameters multipliers = parameters.Multipliers;
        ReadOnlyInt8Vector shifts = parameters.Shifts;
        for (int i = 0; i < output.Length; i++)
        {
            int row = firstRow + i;
            int channel = row * parameters.PerRow;
            long sum = MultiplyInt16(input, parameters.InputOffset, weights.Slice(row * input.Length, input.Length), parameters.WeightOffset);
            sum += parameters.HasWideBias ? parameters.WideBias[row] : parameters.HasBias ? parameters.Bias[row] : 0;

            // Of 32 bits the reference keeps what fits.
            output[i] = (short)(parameters.Wide
                ? parameters.Finish(sum, multipliers[channel], shifts[channel])
                : parameters.Finish((int)sum, multipliers[channel], shifts[channel]));
        }
    }

    internal override void AccumulateRows(ReadOnlyInt8Vector input, int inputOffset, ReadOnlyInt8Vector weights, int weightOffset, int rows, int[] sums)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<sbyte> values = weights.Slice(row * input.Length, input.Length);
            ReadOnlySpan<sbyte> data = input.Slice(0, values.Length);
            int sum = 0;
            for (int k = 0; k < values.Length; k++)
            {
                sum += (data[k] + inputOffset) * (values[k] + weightOffset);
            }

            sums[row] += sum;
        }
    }

    internal override void AccumulateRowProducts(ReadOnlyInt8Vector left, int leftOffset, ReadOnlyInt8Vector right, int rows, int[] sums)
    {
        int length = left.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<sbyte> values = left.Slice(row * length, length);
            ReadOnlySpan<sbyte> factors = right.Slice(row * length, length);
            int sum = 0;
            for (int k = 0; k < values.Length; k++)
            {
                sum += (values[k] + leftOffset) * factors[k];
            }

            sums[row] += sum;
        }
    }

    internal override long MultiplyInt16(ReadOnlyInt16Vector input, int inputOffset, ReadOnlyInt8Vector weights, int weightOffset)
    {
        ReadOnlySpan<sbyte> values = weights.Slice(0, input.Length);
        long sum = 0;
        for (int k = 0; k < input.Length; k++)
        {
            sum += (long)(input[k] + inputOffset) * (values[k] + weightOffset);
        }

        return sum;
    }

    internal override void LookUpIndices(ReadOnlyInt8Vector indices, int start, int bits, ReadOnlyInt8Vector codebooks, int stride, Int8Vector output)
    {
        int mask = (1 << bits) - 1;
        int next = start * bits / 8;
        int skipped = start * bits % 8;
        int window = skipped == 0 ? 0 : (byte)indices[next++] >> skipped;
        int held = skipped == 0 ? 0 : 8 - skipped;
        for (int i = 0; i < output.Length; i++)
        {
            if (held < bits)
            {
                window |= (byte)indices[next++] << held;
                held += 8;
            }

            output[i] = codebooks[(i * stride) + (window & mask)];
            window >>= bits;
            held -= bits;
        }
    }

    internal override void AccumulateScaled(int scale, ReadOnlyInt8Vector row, int offset, int[] sums)
    {
        Span<int> targets = sums.AsSpan(0, row.Length);
        ReadOnlySpan<sbyte> values = row.Slice(0, targets.Length);
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] += scale * (values[i] + offset);
        }
    }

    internal override void AccumulateTap(ReadOnlyInt8Vector input, int inputOffset, ReadOnlyInt8Vector weights, int depthMultiplier, int[] accumulators)
    {
        if (depthMultiplier == 1)
        {
            Span<int> sums = accumulators.AsSpan(0, weights.Length);
            ReadOnlySpan<sbyte> values = input.Slice(0, sums.Length);
            ReadOnlySpan<sbyte> factors = weights.Slice(0, sums.Length);
            for (int c = 0; c < sums.Length; c++)
            {
                sums[c] += (values[c] + inputOffset) * factors[c];
            }

            return;
        }

        for (int i = 0; i < input.Length; i++)
        {
            int x = input[i] + inputOffset;
            Span<int> sums = accumulators.AsSpan(i * depthMultiplier, depthMultiplier);
            ReadOnlySpan<sbyte> factors = weights.Slice(i * depthMultiplier, sums.Length);
            for (int m = 0; m < sums.Length; m++)
            {
                sums[m] += x * factors[m];
            }
        }
    }

    internal override void Requantize(int[] accumulators, RowParameters parameters, Int8Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Finish(accumulators[i], i, parameters);
        }
    }

    internal override void LookUp(ReadOnlyInt8Vector input, ReadOnlyInt8Vector table, Int8Vector output)
    {
        ReadOnlySpan<sbyte> values = input.Slice(0, output.Length);
        ref sbyte results = ref MemoryMarshal.GetReference(table.Slice(0, byte.MaxValue + 1));
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Unsafe.Add(ref results, (byte)(values[i] + 128));
        }
    }

    internal override void CopyBlocks(ReadOnlyInt8Vector source, int from, int sourceStride, Int8Vector target, int to, int targetStride, int count, int length)
    {
        if (length <= ShortBlock)
        {
            for (int i = 0; i < count; i++)
            {
                int read = from + (i * sourceStride);
                int write = to + (i * targetStride);
                for (int k = 0; k < length; k++)
                {
                    target[write + k] = source[read + k];
                }
            }

            return;
        }

        for (int i = 0; i < count; i++)
        {
            source.Slice(from + (i * sourceStride), length).CopyTo(target.Slice(to + (i * targetStride), length));
        }
    }

    internal override void Add(ReadOnlyInt8Vector left, ReadOnlyInt8Vector right, Int8Vector output, SumParameters parameters)
    {
        if (left.Length != output.Length)
        {
            int value = parameters.ScaleLeft(left[0]);
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = (sbyte)parameters.Finish(value + parameters.ScaleRight(right[i]));
            }
        }
        else if (right.Length != output.Length)
        {
            int value = parameters.ScaleRight(right[0]);
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = (sbyte)parameters.Finish(parameters.ScaleLeft(left[i]) + value);
            }
        }
        else
        {
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = (sbyte)parameters.Finish(parameters.ScaleLeft(left[i]) + parameters.ScaleRight(right[i]));
            }
        }
    }

    internal override void Multiply(ReadOnlyInt8Vector left, ReadOnlyInt8Vector right, Int8Vector output, ProductParameters parameters)
    {
        int leftOffset = parameters.LeftOffset;
        int rightOffset = parameters.RightOffset;
        int leftStride = left.Length == output.Length ? 1 : 0;
        int rightStride = right.Length == output.Length ? 1 : 0;
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (sbyte)parameters.Finish((left[i * leftStride] + leftOffset) * (right[i * rightStride] + rightOffset));
        }
    }

    internal override void AddRows(ReadOnlyInt8Vector input, int rows, int stride, int[] sums, int count)
    {
        if (count == 1)
        {
            int sum = 0;
            for (int row = 0; row < rows; row++)
            {
                sum += input[row * stride];
            }

            sums[0] += sum;
            return;
        }

        Span<int> totals = sums.AsSpan(0, count);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<sbyte> values = input.Slice(row * stride, totals.Length);
            for (int i = 0; i < totals.Length; i++)
            {
                totals[i] += values[i];
            }
        }
    }

    internal override void MaximumWindow(ReadOnlyInt8Vector input, int rows, int stride, int columns, Int8Vector largest)
    {
        input.Slice(0, largest.Length).CopyTo(largest);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                ReadOnlySpan<sbyte> values = input.Slice((row * stride) + (column * largest.Length), largest.Length);
                for (int i = 0; i < largest.Length; i++)
                {
                    largest[i] = Math.Max(largest[i], values[i]);
                }
            }
        }
    }

    private static sbyte Finish(int sum, int row, RowParameters parameters)
    {
        if (parameters.HasBias)
        {
            sum += parameters.Bias[row];
        }

        int channel = row * parameters.PerRow;
        return (sbyte)parameters.Finish(sum, parameters.Multipliers[channel], parameters.Shifts[channel]);
    }
}
