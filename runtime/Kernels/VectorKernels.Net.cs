using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>What the sets of all processors with vectors of 128 bits share: loops that need nothing else of them.</summary>
internal abstract class VectorKernels : PackingKernels
{
    internal sealed override void MaximumWindow(ReadOnlySpan<sbyte> input, int rows, int stride, int columns, Span<sbyte> largest)
    {
        if (largest.Length < Vector64<sbyte>.Count)
        {
            base.MaximumWindow(input, rows, stride, columns, largest);
        }
        else
        {
            VectorMaxima.OfWindow(input, rows, stride, columns, largest);
        }
    }

    internal sealed override int Largest(ReadOnlySpan<sbyte> row)
    {
        return row.Length < Vector64<sbyte>.Count ? base.Largest(row) : VectorMaxima.OfRow(row);
    }

    internal sealed override void Widen(ReadOnlySpan<sbyte> input, int[] values, int start)
    {
        int done = VectorWidths.Widen(input, values.AsSpan(start, input.Length));
        base.Widen(input[done..], values, start + done);
    }

    internal sealed override void WidenInt16(ReadOnlySpan<short> input, int[] values, int start)
    {
        int done = VectorWidths.Widen(input, values.AsSpan(start, input.Length));
        base.WidenInt16(input[done..], values, start + done);
    }

    internal sealed override void Narrow(int[] values, int start, Span<sbyte> output)
    {
        int done = VectorWidths.Narrow(values.AsSpan(start, output.Length), output);
        base.Narrow(values, start + done, output[done..]);
    }

    internal sealed override void NarrowInt16(int[] values, int start, Span<short> output)
    {
        int done = VectorWidths.Narrow(values.AsSpan(start, output.Length), output);
        base.NarrowInt16(values, start + done, output[done..]);
    }

    internal sealed override void MultiplyElementsInt16(ReadOnlySpan<short> left, ReadOnlySpan<short> right, int[] products, int start)
    {
        int done = VectorInt16.Multiply(left, right, products.AsSpan(start, left.Length));
        base.MultiplyElementsInt16(left[done..], right[done..], products, start + done);
    }

    internal sealed override void AddToInt16(int[] values, int distance, int minimum, int maximum, Span<short> output)
    {
        if (output.Length < Vector128<short>.Count)
        {
            base.AddToInt16(values, distance, minimum, maximum, output);
        }
        else
        {
            VectorInt16.Add(values.AsSpan(0, output.Length), values.AsSpan(distance, output.Length), (short)minimum, (short)maximum, output);
        }
    }

    internal sealed override void CopyBlocks(
        ReadOnlySpan<sbyte> source, int from, int sourceStride, Span<sbyte> target, int to, int targetStride, int count, int length)
    {
        if (length is < BlockCopies.Shortest or > BlockCopies.Longest)
        {
            base.CopyBlocks(source, from, sourceStride, target, to, targetStride, count, length);
        }
        else
        {
            BlockCopies.Copy(source, from, sourceStride, target, to, targetStride, count, length);
        }
    }
}
