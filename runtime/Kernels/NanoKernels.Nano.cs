using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// The kernels for an interpreter: arrays and offsets taken out of the vectors before the loops, because indexing through a struct costs
/// three times an array element, and four rows sharing each input load.
/// </summary>
internal sealed class NanoKernels : KernelSet
{
    /// <summary>Up to this length a loop is faster than a call into the firmware.</summary>
    private const int ShortBlock = 4;

    internal override string Name => "nano";

    internal override void MultiplyRows(ReadOnlyInt8Vector input, ReadOnlyInt8Vector weights, int firstRow, Int8Vector output, RowParameters parameters)
    {
        sbyte[] x = input.Array;
        sbyte[] w = weights.Array;
        int inputOffset = parameters.InputOffset;
        int weightOffset = parameters.WeightOffset;
        int begin = input.Offset;
        int end = begin + input.Length;
        int length = input.Length;
        int row = 0;
        for (; row + 4 <= output.Length; row += 4)
        {
            int at0 = weights.Offset + ((firstRow + row) * length);
            int at1 = at0 + length;
            int at2 = at1 + length;
            int at3 = at2 + length;
            int sum0 = 0;
            int sum1 = 0;
            int sum2 = 0;
            int sum3 = 0;
            for (int i = begin; i < end; i++)
            {
                int value = x[i] + inputOffset;
                sum0 += value * (w[at0++] + weightOffset);
                sum1 += value * (w[at1++] + weightOffset);
                sum2 += value * (w[at2++] + weightOffset);
                sum3 += value * (w[at3++] + weightOffset);
            }

            output[row] = Finish(sum0, firstRow + row, parameters);
            output[row + 1] = Finish(sum1, firstRow + row + 1, parameters);
            output[row + 2] = Finish(sum2, firstRow + row + 2, parameters);
            output[row + 3] = Finish(sum3, firstRow + row + 3, parameters);
        }

        for (; row < output.Length; row++)
        {
            int at = weights.Offset + ((firstRow + row) * length);
            int sum = 0;
            for (int i = begin; i < end; i++)
            {
                sum += (x[i] + inputOffset) * (w[at++] + weightOffset);
            }

            output[row] = Finish(sum, firstRow + row, parameters);
        }
    }

    internal override void MultiplyRowsInt4(ReadOnlyInt8Vector input, ReadOnlyInt8Vector weights, int firstRow, Int8Vector output, RowParameters parameters)
    {
        sbyte[] x = input.Array;
        sbyte[] w = weights.Array;
        int inputOffset = parameters.InputOffset;
        int weightOffset = parameters.WeightOffset;
        int end = input.Offset + input.Length;
        for (int row = 0; row < output.Length; row++)
        {
            int element = (firstRow + row) * input.Length;
            int sum = 0;
            for (int i = input.Offset; i < end; i++, element++)
            {
                int pair = w[weights.Offset + (element >> 1)];
                int weight = (element & 1) == 0 ? (pair << 28) >> 28 : pair >> 4;
                sum += (x[i] + inputOffset) * (weight + weightOffset);
            }

            output[row] = Finish(sum, firstRow + row, parameters);
        }
    }

    internal override void MultiplyRowsInt16(ReadOnlyInt16Vector input, ReadOnlyInt8Vector weights, int firstRow, Int16Vector output, RowParameters parameters)
    {
        sbyte[] w = weights.Array;
        int inputOffset = parameters.InputOffset;
        int weightOffset = parameters.WeightOffset;
        for (int i = 0; i < output.Length; i++)
        {
            int row = firstRow + i;
            int channel = row * parameters.PerRow;
            int at = weights.Offset + (row * input.Length);
            if (parameters.Wide)
            {
                long sum = parameters.HasWideBias ? parameters.WideBias[row] : parameters.HasBias ? parameters.Bias[row] : 0;
                for (int k = 0; k < input.Length; k++)
                {
                    sum += (long)(input[k] + inputOffset) * (w[at + k] + weightOffset);
                }

                output[i] = (short)parameters.Finish(sum, parameters.Multipliers[channel], parameters.Shifts[channel]);
            }
            else
            {
                int sum = parameters.HasBias ? parameters.Bias[row] : 0;
                for (int k = 0; k < input.Length; k++)
                {
                    sum += (input[k] + inputOffset) * (w[at + k] + weightOffset);
                }

                output[i] = (short)parameters.Finish(sum, parameters.Multipliers[channel], parameters.Shifts[channel]);
            }
        }
    }

    internal override void AccumulateRows(ReadOnlyInt8Vector input, int inputOffset, ReadOnlyInt8Vector weights, int weightOffset, int rows, int[] sums)
    {
        sbyte[] x = input.Array;
        sbyte[] w = weights.Array;
        int begin = input.Offset;
        int end = begin + input.Length;
        int length = input.Length;
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            int at0 = weights.Offset + (row * length);
            int at1 = at0 + length;
            int at2 = at1 + length;
            int at3 = at2 + length;
            int sum0 = 0;
            int sum1 = 0;
            int sum2 = 0;
            int sum3 = 0;
            for (int i = begin; i < end; i++)
            {
                int value = x[i] + inputOffset;
                sum0 += value * (w[at0++] + weightOffset);
                sum1 += value * (w[at1++] + weightOffset);
                sum2 += value * (w[at2++] + weightOffset);
                sum3 += value * (w[at3++] + weightOffset);
            }

            sums[row] += sum0;
            sums[row + 1] += sum1;
            sums[row + 2] += sum2;
            sums[row + 3] += sum3;
        }

        for (; row < rows; row++)
        {
            int at = weights.Offset + (row * length);
            int sum = 0;
            for (int i = begin; i < end; i++)
            {
                sum += (x[i] + inputOffset) * (w[at++] + weightOffset);
            }

            sums[row] += sum;
        }
    }

    internal override long MultiplyInt16(ReadOnlyInt16Vector input, int inputOffset, ReadOnlyInt8Vector weights, int weightOffset)
    {
        sbyte[] w = weights.Array;
        int at = weights.Offset;
        long sum = 0;
        for (int k = 0; k < input.Length; k++)
        {
            sum += (long)(input[k] + inputOffset) * (w[at++] + weightOffset);
        }

        return sum;
    }

    internal override void LookUpIndices(ReadOnlyInt8Vector indices, int start, int bits, ReadOnlyInt8Vector codebooks, int stride, Int8Vector output)
    {
        sbyte[] x = indices.Array;
        sbyte[] c = codebooks.Array;
        sbyte[] y = output.Array;
        int mask = (1 << bits) - 1;
        int codebook = codebooks.Offset;
        int next = indices.Offset + (start * bits / 8);
        int skipped = start * bits % 8;
        int window = skipped == 0 ? 0 : (byte)x[next++] >> skipped;
        int held = skipped == 0 ? 0 : 8 - skipped;
        int end = output.Offset + output.Length;
        for (int i = output.Offset; i < end; i++)
        {
            if (held < bits)
            {
                window |= (byte)x[next++] << held;
                held += 8;
            }

            y[i] = c[codebook + (window & mask)];
            codebook += stride;
            window >>= bits;
            held -= bits;
        }
    }

    internal override void AccumulateRowProducts(ReadOnlyInt8Vector left, int leftOffset, ReadOnlyInt8Vector right, int rows, int[] sums)
    {
        sbyte[] values = left.Array;
        sbyte[] factors = right.Array;
        int length = left.Length / rows;
        int value = left.Offset;
        int factor = right.Offset;
        for (int row = 0; row < rows; row++)
        {
            int sum = 0;
            for (int end = value + length; value < end; value++, factor++)
            {
                sum += (values[value] + leftOffset) * factors[factor];
            }

            sums[row] += sum;
        }
    }

    internal override void AccumulateScaled(int scale, ReadOnlyInt8Vector row, int offset, int[] sums)
    {
        sbyte[] values = row.Array;
        int end = row.Offset + row.Length;
        int target = 0;
        for (int i = row.Offset; i < end; i++)
        {
            sums[target++] += scale * (values[i] + offset);
        }
    }

    internal override void AccumulateTap(ReadOnlyInt8Vector input, int inputOffset, ReadOnlyInt8Vector weights, int depthMultiplier, int[] accumulators)
    {
        sbyte[] x = input.Array;
        sbyte[] w = weights.Array;
        int at = weights.Offset;
        int end = input.Offset + input.Length;
        if (depthMultiplier == 1)
        {
            int channel = 0;
            for (int i = input.Offset; i < end; i++)
            {
                accumulators[channel++] += (x[i] + inputOffset) * w[at++];
            }

            return;
        }

        int output = 0;
        for (int i = input.Offset; i < end; i++)
        {
            int value = x[i] + inputOffset;
            for (int m = 0; m < depthMultiplier; m++)
            {
                accumulators[output++] += value * w[at++];
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
        sbyte[] x = input.Array;
        sbyte[] t = table.Array;
        sbyte[] y = output.Array;
        int from = input.Offset;
        int to = output.Offset;
        int zero = table.Offset + 128;
        int end = to + output.Length;
        while (to < end)
        {
            y[to++] = t[zero + x[from++]];
        }
    }

    internal override void CopyBlocks(ReadOnlyInt8Vector source, int from, int sourceStride, Int8Vector target, int to, int targetStride, int count, int length)
    {
        sbyte[] x = source.Array;
        sbyte[] y = target.Array;
        int read = source.Offset + from;
        int write = target.Offset + to;
        if (length <= ShortBlock)
        {
            for (int i = 0; i < count; i++)
            {
                for (int k = 0; k < length; k++)
                {
                    y[write + k] = x[read + k];
                }

                read += sourceStride;
                write += targetStride;
            }

            return;
        }

        for (int i = 0; i < count; i++)
        {
            System.Array.Copy(x, read, y, write, length);
            read += sourceStride;
            write += targetStride;
        }
    }

    internal override void Add(ReadOnlyInt8Vector left, ReadOnlyInt8Vector right, Int8Vector output, SumParameters parameters)
    {
        sbyte[] l = left.Array;
        sbyte[] r = right.Array;
        sbyte[] y = output.Array;
        int atLeft = left.Offset;
        int atRight = right.Offset;
        int at = output.Offset;
        int end = at + output.Length;
        if (left.Length != output.Length)
        {
            int value = parameters.ScaleLeft(l[atLeft]);
            while (at < end)
            {
                y[at++] = (sbyte)parameters.Finish(value + parameters.ScaleRight(r[atRight++]));
            }
        }
        else if (right.Length != output.Length)
        {
            int value = parameters.ScaleRight(r[atRight]);
            while (at < end)
            {
                y[at++] = (sbyte)parameters.Finish(parameters.ScaleLeft(l[atLeft++]) + value);
            }
        }
        else
        {
            while (at < end)
            {
                y[at++] = (sbyte)parameters.Finish(parameters.ScaleLeft(l[atLeft++]) + parameters.ScaleRight(r[atRight++]));
            }
        }
    }

    internal override void Multiply(ReadOnlyInt8Vector left, ReadOnlyInt8Vector right, Int8Vector output, ProductParameters parameters)
    {
        sbyte[] l = left.Array;
        sbyte[] r = right.Array;
        sbyte[] y = output.Array;
        int leftOffset = parameters.LeftOffset;
        int rightOffset = parameters.RightOffset;
        int leftStride = left.Length == output.Length ? 1 : 0;
        int rightStride = right.Length == output.Length ? 1 : 0;
        int atLeft = left.Offset;
        int atRight = right.Offset;
        int end = output.Offset + output.Length;
        for (int at = output.Offset; at < end; at++)
        {
            y[at] = (sbyte)parameters.Finish((l[atLeft] + leftOffset) * (r[atRight] + rightOffset));
            atLeft += leftStride;
            atRight += rightStride;
        }
    }

    internal override void AddRows(ReadOnlyInt8Vector input, int rows, int stride, int[] sums, int count)
    {
        sbyte[] x = input.Array;
        int first = input.Offset;
        if (count == 1)
        {
            int sum = 0;
            for (int row = 0; row < rows; row++)
            {
                sum += x[first];
                first += stride;
            }

            sums[0] += sum;
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            int from = first;
            for (int i = 0; i < count; i++)
            {
                sums[i] += x[from++];
            }

            first += stride;
        }
    }

    internal override void MaximumWindow(ReadOnlyInt8Vector input, int rows, int stride, int columns, Int8Vector largest)
    {
        sbyte[] x = input.Array;
        sbyte[] y = largest.Array;
        int start = largest.Offset;
        int end = start + largest.Length;
        System.Array.Copy(x, input.Offset, y, start, largest.Length);
        int first = input.Offset;
        for (int row = 0; row < rows; row++)
        {
            int from = first;
            for (int column = 0; column < columns; column++)
            {
                for (int at = start; at < end; at++)
                {
                    sbyte value = x[from++];
                    if (value > y[at])
                    {
                        y[at] = value;
                    }
                }
            }

            first += stride;
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
