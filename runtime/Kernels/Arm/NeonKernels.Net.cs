using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Kernels for Arm64 with NEON, which all of them have.</summary>
internal class NeonKernels : VectorKernels
{
    internal static bool IsSupported => AdvSimd.Arm64.IsSupported;

    internal override string Name => "neon";

    internal sealed override MatrixKernel? MatrixProduct(MatrixShape shape)
    {
        return new NeonMatrixKernel(shape);
    }

    internal sealed override void AccumulateRows(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int weightOffset, int rows, int[] sums)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<sbyte> values = weights.Slice(row * input.Length, input.Length);
            int sum = 0;
            for (int k = MultiplyVectors(input, inputOffset, values, weightOffset, ref sum); k < input.Length; k++)
            {
                sum += (input[k] + inputOffset) * (values[k] + weightOffset);
            }

            sums[row] += sum;
        }
    }

    internal sealed override void AccumulateRowProducts(ReadOnlySpan<sbyte> left, int leftOffset, ReadOnlySpan<sbyte> right, int rows, int[] sums)
    {
        int length = left.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<sbyte> values = left.Slice(row * length, length);
            ReadOnlySpan<sbyte> factors = right.Slice(row * length, length);
            int sum = 0;
            for (int k = MultiplyVectors(values, leftOffset, factors, 0, ref sum); k < length; k++)
            {
                sum += (values[k] + leftOffset) * factors[k];
            }

            sums[row] += sum;
        }
    }

    internal sealed override void LookUp(ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> table, Span<sbyte> output)
    {
        int done = LookUpVectors(input, table, output);
        base.LookUp(input[done..output.Length], table, output[done..]);
    }

    protected override PackedConvolution Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new NeonConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected override NibbleProduct? Product(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    {
        return NeonQuads.HoldTwoProducts(weights) ? new NeonNibbleProduct(weights, nibbles, parameters, requantizer) : null;
    }

    protected override PackedConvolution DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new NeonDepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected sealed override PackedConvolution Int16Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new NeonPairConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected sealed override PackedConvolution Int16DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new NeonPairDepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected sealed override Requantizer Int16Requantizer(RowParameters parameters)
    {
        return parameters.Wide ? new NeonInt16Requantizer(parameters) : base.Int16Requantizer(parameters);
    }

    protected sealed override Requantizer Requantizer(ReadOnlySpan<sbyte> weights, int channelStride, int weightStride, RowParameters parameters)
    {
        return new NeonRequantizer(parameters);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int AccumulateTapVectors(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int[] accumulators)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(input[..weights.Length]);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights);
        ref int sums = ref MemoryMarshal.GetReference(accumulators.AsSpan(0, weights.Length));
        Vector128<short> offset = Vector128.Create((short)inputOffset);
        int i = 0;
        for (; i <= weights.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            Vector128<short> value = Load(ref values, i) + offset;
            Vector128<short> factor = Load(ref factors, i);
            Vector128<int> lower = Vector128.LoadUnsafe(ref sums, (nuint)i);
            Vector128<int> upper = Vector128.LoadUnsafe(ref sums, (nuint)i + 4);
            AdvSimd.MultiplyWideningLowerAndAdd(lower, value.GetLower(), factor.GetLower()).StoreUnsafe(ref sums, (nuint)i);
            AdvSimd.MultiplyWideningUpperAndAdd(upper, value, factor).StoreUnsafe(ref sums, (nuint)i + 4);
        }

        return i;
    }

    /// <summary>Adds the product of two vectors, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected virtual int MultiplyVectors(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int weightOffset, ref int sum)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(input);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights[..input.Length]);
        Vector128<short> valueOffset = Vector128.Create((short)inputOffset);
        Vector128<short> factorOffset = Vector128.Create((short)weightOffset);
        Vector128<int> sums0 = Vector128<int>.Zero;
        Vector128<int> sums1 = Vector128<int>.Zero;
        int k = 0;
        for (; k <= input.Length - Vector128<short>.Count; k += Vector128<short>.Count)
        {
            Vector128<short> value = Load(ref values, k) + valueOffset;
            Vector128<short> factor = Load(ref factors, k) + factorOffset;
            sums0 = AdvSimd.MultiplyWideningLowerAndAdd(sums0, value.GetLower(), factor.GetLower());
            sums1 = AdvSimd.MultiplyWideningUpperAndAdd(sums1, value, factor);
        }

        sum += Vector128.Sum(sums0 + sums1);
        return k;
    }

    /// <inheritdoc/>
    /// <remarks>Two products fit into 32 bits, their sums into 64.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int MultiplyVectors(ReadOnlySpan<short> input, ReadOnlySpan<sbyte> weights, int weightOffset, ref long sum)
    {
        ref short values = ref MemoryMarshal.GetReference(input);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights[..input.Length]);
        Vector128<short> factorOffset = Vector128.Create((short)weightOffset);
        Vector128<long> sums = Vector128<long>.Zero;
        int k = 0;
        for (; k <= input.Length - Vector128<short>.Count; k += Vector128<short>.Count)
        {
            Vector128<short> value = Vector128.LoadUnsafe(ref values, (nuint)k);
            Vector128<short> factor = Load(ref factors, k) + factorOffset;
            Vector128<int> products = AdvSimd.MultiplyWideningLower(value.GetLower(), factor.GetLower());
            sums = AdvSimd.AddPairwiseWideningAndAdd(sums, AdvSimd.MultiplyWideningUpperAndAdd(products, value, factor));
        }

        sum += Vector128.Sum(sums);
        return k;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int AccumulateScaledVectors(int scale, ReadOnlySpan<sbyte> row, int offset, int[] accumulators)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(row);
        ref int sums = ref MemoryMarshal.GetReference(accumulators.AsSpan(0, row.Length));
        Vector128<int> scales = Vector128.Create(scale);
        Vector128<short> offsets = Vector128.Create((short)offset);
        int i = 0;
        for (; i <= row.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(Load(ref values, i) + offsets);
            AdvSimd.MultiplyAdd(Vector128.LoadUnsafe(ref sums, (nuint)i), lower, scales).StoreUnsafe(ref sums, (nuint)i);
            AdvSimd.MultiplyAdd(Vector128.LoadUnsafe(ref sums, (nuint)i + 4), upper, scales).StoreUnsafe(ref sums, (nuint)i + 4);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int RequantizeVectors(int[] accumulators, RowParameters parameters, Span<sbyte> output)
    {
        ref int sums = ref MemoryMarshal.GetReference(accumulators.AsSpan(0, output.Length));
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        ref int bias = ref MemoryMarshal.GetReference(parameters.Bias);
        ref int multipliers = ref MemoryMarshal.GetReference(parameters.Multipliers);
        ref sbyte shifts = ref MemoryMarshal.GetReference(parameters.Shifts);
        bool hasBias = parameters.HasBias;
        bool perRow = parameters.PerRow == 1;
        Vector128<short> offset = Vector128.Create((short)parameters.OutputOffset);
        Vector64<sbyte> minimum = Vector64.Create((sbyte)parameters.Minimum);
        Vector64<sbyte> maximum = Vector64.Create((sbyte)parameters.Maximum);
        Vector128<int> multiplier0 = Vector128.Create(multipliers);
        Vector128<int> multiplier1 = multiplier0;
        Vector128<short> shift = Vector128.Create((short)shifts);
        int i = 0;
        for (; i <= output.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            if (perRow)
            {
                multiplier0 = Vector128.LoadUnsafe(ref multipliers, (nuint)i);
                multiplier1 = Vector128.LoadUnsafe(ref multipliers, (nuint)i + 4);
                shift = Load(ref shifts, i);
            }

            Vector128<int> sum0 = Vector128.LoadUnsafe(ref sums, (nuint)i);
            Vector128<int> sum1 = Vector128.LoadUnsafe(ref sums, (nuint)i + 4);
            sum0 = hasBias ? sum0 + Vector128.LoadUnsafe(ref bias, (nuint)i) : sum0;
            sum1 = hasBias ? sum1 + Vector128.LoadUnsafe(ref bias, (nuint)i + 4) : sum1;
            (Vector128<int> shift0, Vector128<int> shift1) = Vector128.Widen(shift);
            Store(Scale(sum0, multiplier0, shift0), Scale(sum1, multiplier1, shift1), offset, minimum, maximum, ref Unsafe.Add(ref results, i));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int AddVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, SumParameters parameters)
    {
        ref sbyte leftValues = ref MemoryMarshal.GetReference(left);
        ref sbyte rightValues = ref MemoryMarshal.GetReference(right);
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        Vector128<short> leftOffset = Vector128.Create((short)parameters.LeftOffset);
        Vector128<short> rightOffset = Vector128.Create((short)parameters.RightOffset);
        Vector128<int> leftMultiplier = Vector128.Create(parameters.LeftMultiplier);
        Vector128<int> rightMultiplier = Vector128.Create(parameters.RightMultiplier);
        Vector128<int> outputMultiplier = Vector128.Create(parameters.OutputMultiplier);
        Vector128<int> leftShift = Vector128.Create(parameters.LeftShift);
        Vector128<int> rightShift = Vector128.Create(parameters.RightShift);
        Vector128<int> outputShift = Vector128.Create(parameters.OutputShift);
        Vector128<int> sign = Vector128.Create(parameters.Sign);
        Vector128<int> spareBits = Vector128.Create(parameters.SpareBits);
        Vector128<short> offset = Vector128.Create((short)parameters.OutputOffset);
        Vector64<sbyte> minimum = Vector64.Create((sbyte)parameters.Minimum);
        Vector64<sbyte> maximum = Vector64.Create((sbyte)parameters.Maximum);
        int i = 0;
        for (; i <= output.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            (Vector128<int> left0, Vector128<int> left1) = Vector128.Widen(Load(ref leftValues, i) + leftOffset);
            (Vector128<int> right0, Vector128<int> right1) = Vector128.Widen(Load(ref rightValues, i) + rightOffset);
            left0 = NeonArithmetic.Scale(AdvSimd.ShiftLogical(left0, spareBits), leftMultiplier, leftShift);
            left1 = NeonArithmetic.Scale(AdvSimd.ShiftLogical(left1, spareBits), leftMultiplier, leftShift);
            right0 = NeonArithmetic.Scale(AdvSimd.ShiftLogical(right0, spareBits), rightMultiplier, rightShift);
            right1 = NeonArithmetic.Scale(AdvSimd.ShiftLogical(right1, spareBits), rightMultiplier, rightShift);
            Vector128<int> sum0 = NeonArithmetic.Scale(AdvSimd.MultiplyAdd(left0, right0, sign), outputMultiplier, outputShift);
            Vector128<int> sum1 = NeonArithmetic.Scale(AdvSimd.MultiplyAdd(left1, right1, sign), outputMultiplier, outputShift);
            Store(sum0, sum1, offset, minimum, maximum, ref Unsafe.Add(ref results, i));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int AddRowVectors(ReadOnlySpan<sbyte> input, int rows, int stride, int[] sums, int count)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(input[..(((rows - 1) * stride) + count)]);
        ref int totals = ref MemoryMarshal.GetReference(sums.AsSpan(0, count));
        int i = 0;
        for (; i <= count - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            Vector128<int> lower = Vector128.LoadUnsafe(ref totals, (nuint)i);
            Vector128<int> upper = Vector128.LoadUnsafe(ref totals, (nuint)i + 4);
            ref sbyte column = ref Unsafe.Add(ref values, i);
            for (int row = 0; row < rows; row++)
            {
                Vector128<short> value = Load(ref column, 0);
                lower = AdvSimd.AddWideningLower(lower, value.GetLower());
                upper = AdvSimd.AddWideningUpper(upper, value);
                column = ref Unsafe.Add(ref column, stride);
            }

            lower.StoreUnsafe(ref totals, (nuint)i);
            upper.StoreUnsafe(ref totals, (nuint)i + 4);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int MultiplyVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, ProductParameters parameters)
    {
        bool leftVaries = left.Length == output.Length;
        bool rightVaries = right.Length == output.Length;
        ref sbyte leftValues = ref MemoryMarshal.GetReference(left);
        ref sbyte rightValues = ref MemoryMarshal.GetReference(right);
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        Vector128<short> leftOffset = Vector128.Create((short)parameters.LeftOffset);
        Vector128<short> rightOffset = Vector128.Create((short)parameters.RightOffset);
        Vector128<short> a = Vector128.Create((short)left[0]) + leftOffset;
        Vector128<short> b = Vector128.Create((short)right[0]) + rightOffset;
        Vector128<int> multiplier = Vector128.Create(parameters.Factor.Multiplier);
        Vector128<int> leftShift = Vector128.Create(Math.Max(parameters.Factor.Shift, 0));
        Vector128<int> rightShift = Vector128.Create(Math.Min(parameters.Factor.Shift, 0));
        Vector128<int> offset = Vector128.Create(parameters.OutputOffset);
        Vector64<sbyte> minimum = Vector64.Create((sbyte)parameters.Minimum);
        Vector64<sbyte> maximum = Vector64.Create((sbyte)parameters.Maximum);
        int i = 0;
        for (; i <= output.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            a = leftVaries ? Load(ref leftValues, i) + leftOffset : a;
            b = rightVaries ? Load(ref rightValues, i) + rightOffset : b;
            Vector128<int> lower = AdvSimd.ShiftLogical(AdvSimd.MultiplyWideningLower(a.GetLower(), b.GetLower()), leftShift);
            Vector128<int> upper = AdvSimd.ShiftLogical(AdvSimd.MultiplyWideningUpper(a, b), leftShift);
            lower = NeonArithmetic.Scale(lower, multiplier, rightShift) + offset;
            upper = NeonArithmetic.Scale(upper, multiplier, rightShift) + offset;
            Vector64<sbyte> bytes = AdvSimd.ExtractNarrowingSaturateLower(NeonArithmetic.Narrow(lower, upper));
            AdvSimd.Min(AdvSimd.Max(bytes, minimum), maximum).StoreUnsafe(ref results, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int RescaleVectors(Span<int> values, Rescaling factor, int offset, int minimum, int maximum)
    {
        ref int accumulators = ref MemoryMarshal.GetReference(values);
        Vector128<int> multiplier = Vector128.Create(factor.Multiplier);
        Vector128<int> left = Vector128.Create(Math.Max(factor.Shift, 0));
        Vector128<int> right = Vector128.Create(Math.Min(factor.Shift, 0));
        Vector128<int> offsets = Vector128.Create(offset);
        Vector128<int> least = Vector128.Create(minimum);
        Vector128<int> largest = Vector128.Create(maximum);
        int i = 0;
        for (; i <= values.Length - Vector128<int>.Count; i += Vector128<int>.Count)
        {
            Vector128<int> scaled = NeonArithmetic.Scale(AdvSimd.ShiftLogical(Vector128.LoadUnsafe(ref accumulators, (nuint)i), left), multiplier, right);
            Vector128.Min(Vector128.Max(scaled + offsets, least), largest).StoreUnsafe(ref accumulators, (nuint)i);
        }

        return i;
    }

    /// <summary>Four tables of 64 entries, one after the other: an index beyond a table leaves what another gave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LookUpVectors(ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> table, Span<sbyte> output)
    {
        ref byte entries = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetReference(table[..256]));
        ref byte values = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetReference(input[..output.Length]));
        ref byte results = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetReference(output));
        Vector128<byte> bias = Vector128.Create((byte)128);
        Vector128<byte> part = Vector128.Create((byte)64);
        int i = 0;
        for (; i <= output.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<byte> indices = Vector128.LoadUnsafe(ref values, (nuint)i) ^ bias;
            Vector128<byte> found = AdvSimd.Arm64.VectorTableLookup(Part(ref entries, 0), indices);
            indices -= part;
            found = AdvSimd.Arm64.VectorTableLookupExtension(found, Part(ref entries, 64), indices);
            indices -= part;
            found = AdvSimd.Arm64.VectorTableLookupExtension(found, Part(ref entries, 128), indices);
            indices -= part;
            found = AdvSimd.Arm64.VectorTableLookupExtension(found, Part(ref entries, 192), indices);
            found.StoreUnsafe(ref results, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<byte> First, Vector128<byte> Second, Vector128<byte> Third, Vector128<byte> Fourth) Part(ref byte entries, nuint from)
    {
        return (
            Vector128.LoadUnsafe(ref entries, from),
            Vector128.LoadUnsafe(ref entries, from + 16),
            Vector128.LoadUnsafe(ref entries, from + 32),
            Vector128.LoadUnsafe(ref entries, from + 48));
    }

    /// <summary>Values times 2^shift times multiplier; a positive shift comes first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Scale(Vector128<int> values, Vector128<int> multipliers, Vector128<int> shifts)
    {
        Vector128<int> left = Vector128.Max(shifts, Vector128<int>.Zero);
        return NeonArithmetic.Scale(AdvSimd.ShiftLogical(values, left), multipliers, Vector128.Min(shifts, Vector128<int>.Zero));
    }

    /// <summary>Eight bytes, widened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Load(ref sbyte values, int at)
    {
        return AdvSimd.SignExtendWideningLower(Vector64.LoadUnsafe(ref values, (nuint)at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector128<int> lower, Vector128<int> upper, Vector128<short> offset, Vector64<sbyte> minimum, Vector64<sbyte> maximum, ref sbyte target)
    {
        Vector64<sbyte> bytes = AdvSimd.ExtractNarrowingSaturateLower(AdvSimd.AddSaturate(NeonArithmetic.Narrow(lower, upper), offset));
        AdvSimd.Min(AdvSimd.Max(bytes, minimum), maximum).StoreUnsafe(ref target);
    }
}
