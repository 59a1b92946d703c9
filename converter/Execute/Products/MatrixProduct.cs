using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Converter.Execute.Products;

/// <summary>
/// Matrix product in registers: blocks of six rows and sixteen columns, whose sums stay in twelve vectors of 256 bits while the depth passes.
/// Rows of the left side are read where they are; the right side is packed (<see cref="PanelMatrix"/>).
/// </summary>
internal static class MatrixProduct
{
    /// <summary>Rows of a block.</summary>
    public const int BlockRows = 6;

    private const int Width = PanelMatrix.Width;

    /// <summary>output[r, c] = sum of left[r, k] x right[k, c] over k, plus bias[c], within bounds.</summary>
    /// <param name="left">Row r starts at r x <paramref name="leftStride"/>.</param>
    /// <param name="leftStride">From one row to the next.</param>
    /// <param name="rows">Rows of left and output.</param>
    /// <param name="right">The right side.</param>
    /// <param name="bias">One for each column; empty for none.</param>
    /// <param name="bounds">What results are held within.</param>
    /// <param name="output">Row r starts at r x <paramref name="outputStride"/>.</param>
    /// <param name="outputStride">From one row to the next.</param>
    public static void Run(
        ReadOnlySpan<float> left, int leftStride, int rows, PanelMatrix right, ReadOnlySpan<float> bias, Bounds bounds, Span<float> output, int outputStride)
    {
        if (rows == 0 || right.Columns == 0)
        {
            return;
        }

        left = left[..(((rows - 1) * leftStride) + right.Depth)];
        output = output[..(((rows - 1) * outputStride) + right.Columns)];
        Span<float> start = stackalloc float[Width];
        Span<float> block = stackalloc float[BlockRows * Width];
        for (int panel = 0; panel < right.Panels; panel++)
        {
            int column = panel * Width;
            int columns = Math.Min(Width, right.Columns - column);
            start.Clear();
            if (!bias.IsEmpty)
            {
                bias.Slice(column, columns).CopyTo(start);
            }

            for (int row = 0; row < rows; row += BlockRows)
            {
                int count = Math.Min(BlockRows, rows - row);
                ReadOnlySpan<float> from = left[(row * leftStride)..];
                Span<float> to = output[((row * outputStride) + column)..];
                if (count == BlockRows && columns == Width)
                {
                    Block(from, leftStride, count, right[panel], start, bounds, to, outputStride);
                    continue;
                }

                Block(from, leftStride, count, right[panel], start, bounds, block, Width);
                for (int i = 0; i < count; i++)
                {
                    block.Slice(i * Width, columns).CopyTo(to[(i * outputStride)..]);
                }
            }
        }
    }

    private static void Block(
        ReadOnlySpan<float> left, int leftStride, int rows, ReadOnlySpan<float> panel, ReadOnlySpan<float> start, Bounds bounds, Span<float> output, int outputStride)
    {
        ref float weights = ref MemoryMarshal.GetReference(panel);
        ref float to = ref MemoryMarshal.GetReference(output);
        ref float first = ref MemoryMarshal.GetReference(left);
        nint depth = panel.Length / Width;
        Vector256<float> startLow = Vector256.Create(start);
        Vector256<float> startHigh = Vector256.Create(start[Vector256<float>.Count..]);
        if (rows == 1)
        {
            OneRow(ref first, ref weights, depth, startLow, startHigh, bounds, ref to);
        }
        else if (rows <= 3)
        {
            ThreeRows(ref first, leftStride, rows, ref weights, depth, startLow, startHigh, bounds, ref to, outputStride);
        }
        else
        {
            SixRows(ref first, leftStride, rows, ref weights, depth, startLow, startHigh, bounds, ref to, outputStride);
        }
    }

    /// <summary>Rows that are not there are computed as the last one, and stored only where the output is a whole block.</summary>
    private static void SixRows(
        ref float left, nint leftStride, int rows, ref float panel, nint depth, Vector256<float> startLow, Vector256<float> startHigh, Bounds bounds, ref float output, nint outputStride)
    {
        ref float row1 = ref Unsafe.Add(ref left, leftStride);
        ref float row2 = ref Unsafe.Add(ref left, leftStride * 2);
        ref float row3 = ref Unsafe.Add(ref left, leftStride * 3);
        ref float row4 = ref Unsafe.Add(ref left, leftStride * Math.Min(4, rows - 1));
        ref float row5 = ref Unsafe.Add(ref left, leftStride * Math.Min(5, rows - 1));
        Vector256<float> low0 = startLow, low1 = startLow, low2 = startLow, low3 = startLow, low4 = startLow, low5 = startLow;
        Vector256<float> high0 = startHigh, high1 = startHigh, high2 = startHigh, high3 = startHigh, high4 = startHigh, high5 = startHigh;
        for (nint k = 0; k < depth; k++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref panel);
            Vector256<float> high = Vector256.LoadUnsafe(ref panel, 8);
            panel = ref Unsafe.Add(ref panel, Width);
            Vector256<float> value = Vector256.Create(Unsafe.Add(ref left, k));
            low0 = Vector256.MultiplyAddEstimate(value, low, low0);
            high0 = Vector256.MultiplyAddEstimate(value, high, high0);
            value = Vector256.Create(Unsafe.Add(ref row1, k));
            low1 = Vector256.MultiplyAddEstimate(value, low, low1);
            high1 = Vector256.MultiplyAddEstimate(value, high, high1);
            value = Vector256.Create(Unsafe.Add(ref row2, k));
            low2 = Vector256.MultiplyAddEstimate(value, low, low2);
            high2 = Vector256.MultiplyAddEstimate(value, high, high2);
            value = Vector256.Create(Unsafe.Add(ref row3, k));
            low3 = Vector256.MultiplyAddEstimate(value, low, low3);
            high3 = Vector256.MultiplyAddEstimate(value, high, high3);
            value = Vector256.Create(Unsafe.Add(ref row4, k));
            low4 = Vector256.MultiplyAddEstimate(value, low, low4);
            high4 = Vector256.MultiplyAddEstimate(value, high, high4);
            value = Vector256.Create(Unsafe.Add(ref row5, k));
            low5 = Vector256.MultiplyAddEstimate(value, low, low5);
            high5 = Vector256.MultiplyAddEstimate(value, high, high5);
        }

        Store(low0, high0, bounds, ref output);
        Store(low1, high1, bounds, ref Unsafe.Add(ref output, outputStride));
        Store(low2, high2, bounds, ref Unsafe.Add(ref output, outputStride * 2));
        Store(low3, high3, bounds, ref Unsafe.Add(ref output, outputStride * 3));
        Store(low4, high4, bounds, ref Unsafe.Add(ref output, outputStride * 4));
        Store(low5, high5, bounds, ref Unsafe.Add(ref output, outputStride * 5));
    }

    private static void ThreeRows(
        ref float left, nint leftStride, int rows, ref float panel, nint depth, Vector256<float> startLow, Vector256<float> startHigh, Bounds bounds, ref float output, nint outputStride)
    {
        ref float row1 = ref Unsafe.Add(ref left, leftStride);
        ref float row2 = ref Unsafe.Add(ref left, leftStride * (rows - 1));
        Vector256<float> low0 = startLow, low1 = startLow, low2 = startLow;
        Vector256<float> high0 = startHigh, high1 = startHigh, high2 = startHigh;
        for (nint k = 0; k < depth; k++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref panel);
            Vector256<float> high = Vector256.LoadUnsafe(ref panel, 8);
            panel = ref Unsafe.Add(ref panel, Width);
            Vector256<float> value = Vector256.Create(Unsafe.Add(ref left, k));
            low0 = Vector256.MultiplyAddEstimate(value, low, low0);
            high0 = Vector256.MultiplyAddEstimate(value, high, high0);
            value = Vector256.Create(Unsafe.Add(ref row1, k));
            low1 = Vector256.MultiplyAddEstimate(value, low, low1);
            high1 = Vector256.MultiplyAddEstimate(value, high, high1);
            value = Vector256.Create(Unsafe.Add(ref row2, k));
            low2 = Vector256.MultiplyAddEstimate(value, low, low2);
            high2 = Vector256.MultiplyAddEstimate(value, high, high2);
        }

        Store(low0, high0, bounds, ref output);
        Store(low1, high1, bounds, ref Unsafe.Add(ref output, outputStride));
        Store(low2, high2, bounds, ref Unsafe.Add(ref output, outputStride * 2));
    }

    /// <summary>The depth is cut into four sums, so that one row keeps the multipliers busy too.</summary>
    private static void OneRow(
        ref float left, ref float panel, nint depth, Vector256<float> startLow, Vector256<float> startHigh, Bounds bounds, ref float output)
    {
        Vector256<float> low0 = startLow, low1 = Vector256<float>.Zero, low2 = low1, low3 = low1;
        Vector256<float> high0 = startHigh, high1 = low1, high2 = low1, high3 = low1;
        nint k = 0;
        for (; k + 4 <= depth; k += 4)
        {
            ref float at = ref Unsafe.Add(ref panel, k * Width);
            Vector256<float> value = Vector256.Create(Unsafe.Add(ref left, k));
            low0 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at), low0);
            high0 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at, 8), high0);
            value = Vector256.Create(Unsafe.Add(ref left, k + 1));
            low1 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at, 16), low1);
            high1 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at, 24), high1);
            value = Vector256.Create(Unsafe.Add(ref left, k + 2));
            low2 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at, 32), low2);
            high2 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at, 40), high2);
            value = Vector256.Create(Unsafe.Add(ref left, k + 3));
            low3 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at, 48), low3);
            high3 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at, 56), high3);
        }

        for (; k < depth; k++)
        {
            ref float at = ref Unsafe.Add(ref panel, k * Width);
            Vector256<float> value = Vector256.Create(Unsafe.Add(ref left, k));
            low0 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at), low0);
            high0 = Vector256.MultiplyAddEstimate(value, Vector256.LoadUnsafe(ref at, 8), high0);
        }

        Store(low0 + low1 + (low2 + low3), high0 + high1 + (high2 + high3), bounds, ref output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, Bounds bounds, ref float output)
    {
        Vector256<float> lowest = Vector256.Create(bounds.Lowest);
        Vector256<float> highest = Vector256.Create(bounds.Highest);
        Vector256.Min(Vector256.Max(low, lowest), highest).StoreUnsafe(ref output);
        Vector256.Min(Vector256.Max(high, lowest), highest).StoreUnsafe(ref output, 8);
    }
}
