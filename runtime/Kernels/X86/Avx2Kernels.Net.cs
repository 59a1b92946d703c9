using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Kernels for x86-64 with AVX2. Loops are compiled with all optimizations at once, so that the first inference is fast too.</summary>
internal class Avx2Kernels : X86Kernels
{
    internal static bool IsSupported => Avx2.IsSupported;

    internal override string Name => "avx2";

    internal sealed override MatrixKernel? MatrixProduct(MatrixShape shape)
    {
        return new Avx2MatrixKernel(shape);
    }

    internal override void AccumulateRows(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int weightOffset, int rows, int[] sums)
    {
        Avx2Products.Accumulate(input, inputOffset, weights, weightOffset, rows, sums);
    }

    internal override void AccumulateRowProducts(ReadOnlySpan<sbyte> left, int leftOffset, ReadOnlySpan<sbyte> right, int rows, int[] sums)
    {
        Vector128Products.AccumulateRowProducts(left, leftOffset, right, rows, sums);
    }

    internal sealed override void Logistic(ReadOnlySpan<short> input, int multiplier, int shift, Span<short> output)
    {
        if (output.Length < Vector128<short>.Count)
        {
            base.Logistic(input, multiplier, shift, output);
        }
        else
        {
            Avx2Logistic16.Logistic(input, multiplier, shift, output);
        }
    }

    internal sealed override void Tanh(ReadOnlySpan<short> input, int multiplier, int shift, Span<short> output)
    {
        if (output.Length < Vector128<short>.Count)
        {
            base.Tanh(input, multiplier, shift, output);
        }
        else
        {
            Avx2Logistic16.Tanh(input, multiplier, shift, output);
        }
    }

    protected sealed override Requantizer UnboundedRequantizer(RowParameters parameters)
    {
        return new Avx2Requantizer(parameters);
    }

    protected override PackedConvolution Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new Avx2Convolution(window, filter, parameters, requantizer, workspace);
    }

    protected override NibbleProduct? Product(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    {
        return nibbles.HoldFourProducts ? new Avx2NibbleProduct(weights, nibbles, parameters, requantizer) : null;
    }

    protected override PackedConvolution DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new Avx2DepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected sealed override PackedConvolution Int16Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new Avx2Convolution(window, filter, parameters, requantizer, workspace);
    }

    protected sealed override PackedConvolution Int16DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new Avx2DepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected sealed override Requantizer Int16Requantizer(RowParameters parameters)
    {
        return parameters.Wide ? new Avx2Int16Requantizer(parameters) : base.Int16Requantizer(parameters);
    }

    protected override Requantizer? RectifiedRequantizer(BoundedMultipliers multipliers)
    {
        return RectifiedScales.TryCreate(multipliers) is { } scales ? new Avx2RectifiedRequantizer(scales) : null;
    }

    protected override Requantizer BoundedRequantizer(BoundedScales scales)
    {
        return new Avx2BoundedRequantizer(scales);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int AccumulateTapVectors(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int[] accumulators)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(input[..weights.Length]);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights);
        ref int sums = ref MemoryMarshal.GetReference(accumulators.AsSpan(0, weights.Length));
        Vector256<int> offset = Vector256.Create(inputOffset);
        Vector256<int> low = Vector256.Create(0xFFFF);
        int i = 0;
        for (; i <= weights.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            // A product of two pairs of 16 bits, the upper of the second being 0.
            Vector256<short> value = (Load(ref values, i) + offset).AsInt16();
            Vector256<short> factor = (Load(ref factors, i) & low).AsInt16();
            (Vector256.LoadUnsafe(ref sums, (nuint)i) + Avx2.MultiplyAddAdjacent(value, factor)).StoreUnsafe(ref sums, (nuint)i);
        }

        return i;
    }

    /// <inheritdoc/>
    /// <remarks>Two products fit into 32 bits, their sums into 64.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int MultiplyVectors(ReadOnlySpan<short> input, ReadOnlySpan<sbyte> weights, int weightOffset, ref long sum)
    {
        ref short values = ref MemoryMarshal.GetReference(input);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights[..input.Length]);
        Vector256<short> factorOffset = Vector256.Create((short)weightOffset);
        Vector256<long> sums = Vector256<long>.Zero;
        int k = 0;
        for (; k <= input.Length - Vector256<short>.Count; k += Vector256<short>.Count)
        {
            Vector256<short> factor = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref factors, (nuint)k)) + factorOffset;
            Vector256<int> products = Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref values, (nuint)k), factor);
            sums += Avx2.ConvertToVector256Int64(products.GetLower()) + Avx2.ConvertToVector256Int64(products.GetUpper());
        }

        sum += Vector256.Sum(sums);
        return k;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int AccumulateScaledVectors(int scale, ReadOnlySpan<sbyte> row, int offset, int[] accumulators)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(row);
        ref int sums = ref MemoryMarshal.GetReference(accumulators.AsSpan(0, row.Length));
        Vector256<int> scales = Vector256.Create(scale);
        Vector256<int> offsets = Vector256.Create(offset);
        int i = 0;
        for (; i <= row.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            Vector256<int> products = Avx2.MultiplyLow(Load(ref values, i) + offsets, scales);
            (Vector256.LoadUnsafe(ref sums, (nuint)i) + products).StoreUnsafe(ref sums, (nuint)i);
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
        Vector256<int> offset = Vector256.Create(parameters.OutputOffset);
        Vector256<int> minimum = Vector256.Create(parameters.Minimum);
        Vector256<int> maximum = Vector256.Create(parameters.Maximum);
        Vector256<int> multiplier = Vector256.Create(multipliers);
        Vector256<int> shift = Vector256.Create((int)shifts);
        int i = 0;
        for (; i <= output.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            if (perRow)
            {
                multiplier = Vector256.LoadUnsafe(ref multipliers, (nuint)i);
                shift = Load(ref shifts, i);
            }

            Vector256<int> sum = Vector256.LoadUnsafe(ref sums, (nuint)i);
            sum = hasBias ? sum + Vector256.LoadUnsafe(ref bias, (nuint)i) : sum;
            Vector256<uint> left = Vector256.Max(shift, Vector256<int>.Zero).AsUInt32();
            Vector256<uint> right = Vector256.Max(-shift, Vector256<int>.Zero).AsUInt32();
            Vector256<int> scaled = Avx2Requantization.Scale(Avx2.ShiftLeftLogicalVariable(sum, left), multiplier, right);
            Store(Vector256.Min(Vector256.Max(scaled + offset, minimum), maximum), ref results, i);
        }

        return i;
    }

    /// <inheritdoc/>
    /// <remarks>There are more constants than registers: those that the loop takes from the parameters are broadcast as they are loaded.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int AddVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, SumParameters parameters)
    {
        ref sbyte leftValues = ref MemoryMarshal.GetReference(left);
        ref sbyte rightValues = ref MemoryMarshal.GetReference(right);
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        Vector256<uint> leftShift = Vector256.Create((uint)-parameters.LeftShift);
        Vector256<uint> rightShift = Vector256.Create((uint)-parameters.RightShift);
        Vector256<uint> outputShift = Vector256.Create((uint)-parameters.OutputShift);
        Vector256<uint> leftHalf = Avx2Requantization.Halves(leftShift);
        Vector256<uint> rightHalf = Avx2Requantization.Halves(rightShift);
        Vector256<uint> outputHalf = Avx2Requantization.Halves(outputShift);
        Vector128<int> spareBits = Vector128.CreateScalar(parameters.SpareBits);
        int i = 0;
        for (; i <= output.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            Vector256<int> a = Avx2.ShiftLeftLogical(Load(ref leftValues, i) + Vector256.Create(parameters.LeftOffset), spareBits);
            a = Avx2Requantization.Scale(a, Vector256.Create(parameters.LeftMultiplier), leftHalf, leftShift);
            Vector256<int> b = Avx2.ShiftLeftLogical(Load(ref rightValues, i) + Vector256.Create(parameters.RightOffset), spareBits);
            b = Avx2Requantization.Scale(b, Vector256.Create(parameters.RightMultiplier), rightHalf, rightShift);
            Vector256<int> sum = a + Avx2.Sign(b, Vector256.Create(parameters.Sign));
            sum = Avx2Requantization.Scale(sum, Vector256.Create(parameters.OutputMultiplier), outputHalf, outputShift) + Vector256.Create(parameters.OutputOffset);
            Store(Vector256.Min(Vector256.Max(sum, Vector256.Create(parameters.Minimum)), Vector256.Create(parameters.Maximum)), ref results, i);
        }

        return i;
    }

    protected sealed override int AddRowVectors(ReadOnlySpan<sbyte> input, int rows, int stride, int[] sums, int count)
    {
        return Avx2Rows.Add(input, rows, stride, sums, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int MultiplyVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, ProductParameters parameters)
    {
        bool leftVaries = left.Length == output.Length;
        bool rightVaries = right.Length == output.Length;
        ref sbyte leftValues = ref MemoryMarshal.GetReference(left);
        ref sbyte rightValues = ref MemoryMarshal.GetReference(right);
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        Vector256<int> leftOffset = Vector256.Create(parameters.LeftOffset);
        Vector256<int> rightOffset = Vector256.Create(parameters.RightOffset);
        Vector256<int> a = Vector256.Create((int)left[0]) + leftOffset;
        Vector256<int> b = Vector256.Create((int)right[0]) + rightOffset;
        Vector256<int> multiplier = Vector256.Create(parameters.Factor.Multiplier);
        Vector128<int> leftShift = Vector128.CreateScalar(Math.Max(parameters.Factor.Shift, 0));
        Vector256<uint> rightShift = Vector256.Create((uint)Math.Max(-parameters.Factor.Shift, 0));
        Vector256<uint> half = Avx2Requantization.Halves(rightShift);
        Vector256<int> offset = Vector256.Create(parameters.OutputOffset);
        Vector256<int> minimum = Vector256.Create(parameters.Minimum);
        Vector256<int> maximum = Vector256.Create(parameters.Maximum);
        int i = 0;
        for (; i <= output.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            a = leftVaries ? Load(ref leftValues, i) + leftOffset : a;
            b = rightVaries ? Load(ref rightValues, i) + rightOffset : b;
            Vector256<int> scaled = Avx2Requantization.Scale(Avx2.ShiftLeftLogical(Avx2.MultiplyLow(a, b), leftShift), multiplier, half, rightShift);
            Store(Vector256.Min(Vector256.Max(scaled + offset, minimum), maximum), ref results, i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override int RescaleVectors(Span<int> values, Rescaling factor, int offset, int minimum, int maximum)
    {
        ref int accumulators = ref MemoryMarshal.GetReference(values);
        Vector256<int> multiplier = Vector256.Create(factor.Multiplier);
        Vector128<int> left = Vector128.CreateScalar(Math.Max(factor.Shift, 0));
        Vector256<uint> right = Vector256.Create((uint)Math.Max(-factor.Shift, 0));
        Vector256<uint> half = Avx2Requantization.Halves(right);
        Vector256<int> offsets = Vector256.Create(offset);
        Vector256<int> least = Vector256.Create(minimum);
        Vector256<int> largest = Vector256.Create(maximum);
        int i = 0;
        for (; i <= values.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            Vector256<int> scaled = Avx2.ShiftLeftLogical(Vector256.LoadUnsafe(ref accumulators, (nuint)i), left);
            scaled = Avx2Requantization.Scale(scaled, multiplier, half, right);
            Vector256.Min(Vector256.Max(scaled + offsets, least), largest).StoreUnsafe(ref accumulators, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(ref sbyte values, int at)
    {
        return Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref values, at)))).AsSByte());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> values, ref sbyte target, int at)
    {
        Vector128<short> pairs = Sse2.PackSignedSaturate(values.GetLower(), values.GetUpper());
        long bytes = Sse2.PackSignedSaturate(pairs, pairs).AsInt64().ToScalar();
        Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref target, at)), bytes);
    }
}
