using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Kernels for x86-64 without AVX2: vectors of 128 bits, as SSE 4.1 has them.</summary>
internal sealed class Vector128Kernels : X86Kernels
{
    internal static bool IsSupported => Vector128.IsHardwareAccelerated && Vector128BoundedRequantizer.IsSupported;

    internal override string Name => "vector128";

    internal override void AccumulateRows(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int weightOffset, int rows, int[] sums)
    {
        Vector128Products.Accumulate(input, inputOffset, weights, weightOffset, rows, sums);
    }

    internal override void AccumulateRowProducts(ReadOnlySpan<sbyte> left, int leftOffset, ReadOnlySpan<sbyte> right, int rows, int[] sums)
    {
        Vector128Products.AccumulateRowProducts(left, leftOffset, right, rows, sums);
    }

    internal override MatrixKernel? MatrixProduct(MatrixShape shape)
    {
        return new Vector128MatrixKernel(shape);
    }

    protected override PackedConvolution Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new Vector128Convolution(window, filter, parameters, requantizer, workspace);
    }

    protected override NibbleProduct? Product(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    {
        return nibbles.HoldFourProducts ? new Vector128NibbleProduct(weights, nibbles, parameters, requantizer) : null;
    }

    protected override PackedConvolution DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new Vector128DepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected override PackedConvolution Int16Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new Vector128Convolution(window, filter, parameters, requantizer, workspace);
    }

    protected override PackedConvolution Int16DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new Vector128DepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected override Requantizer BoundedRequantizer(BoundedScales scales)
    {
        return new Vector128BoundedRequantizer(scales);
    }

    protected override Requantizer UnboundedRequantizer(RowParameters parameters)
    {
        return new PlainRequantizer(parameters);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int AccumulateTapVectors(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int[] accumulators)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(input[..weights.Length]);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights);
        ref int sums = ref MemoryMarshal.GetReference(accumulators.AsSpan(0, weights.Length));
        Vector128<int> offset = Vector128.Create(inputOffset);
        Vector128<int> low = Vector128.Create(0xFFFF);
        int i = 0;
        for (; i <= weights.Length - Vector128<int>.Count; i += Vector128<int>.Count)
        {
            // A product of two pairs of 16 bits, the upper of the second being 0.
            Vector128<short> value = (Load(ref values, i) + offset).AsInt16();
            Vector128<short> factor = (Load(ref factors, i) & low).AsInt16();
            (Vector128.LoadUnsafe(ref sums, (nuint)i) + Sse2.MultiplyAddAdjacent(value, factor)).StoreUnsafe(ref sums, (nuint)i);
        }

        return i;
    }

    /// <inheritdoc/>
    /// <remarks>Two products fit into 32 bits, their sums into 64.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int MultiplyVectors(ReadOnlySpan<short> input, ReadOnlySpan<sbyte> weights, int weightOffset, ref long sum)
    {
        ref short values = ref MemoryMarshal.GetReference(input);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights[..input.Length]);
        Vector128<short> factorOffset = Vector128.Create((short)weightOffset);
        Vector128<long> sums = Vector128<long>.Zero;
        int k = 0;
        for (; k <= input.Length - Vector128<short>.Count; k += Vector128<short>.Count)
        {
            Vector128<sbyte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref factors, k)))).AsSByte();
            Vector128<short> factor = Sse41.ConvertToVector128Int16(bytes) + factorOffset;
            Vector128<int> products = Sse2.MultiplyAddAdjacent(Vector128.LoadUnsafe(ref values, (nuint)k), factor);
            sums += Sse41.ConvertToVector128Int64(products) + Sse41.ConvertToVector128Int64(Sse2.Shuffle(products, 0b11_10_11_10));
        }

        sum += Vector128.Sum(sums);
        return k;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int AccumulateScaledVectors(int scale, ReadOnlySpan<sbyte> row, int offset, int[] accumulators)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(row);
        ref int sums = ref MemoryMarshal.GetReference(accumulators.AsSpan(0, row.Length));
        Vector128<int> scales = Vector128.Create(scale);
        Vector128<int> offsets = Vector128.Create(offset);
        int i = 0;
        for (; i <= row.Length - Vector128<int>.Count; i += Vector128<int>.Count)
        {
            Vector128<int> products = Sse41.MultiplyLow(Load(ref values, i) + offsets, scales);
            (Vector128.LoadUnsafe(ref sums, (nuint)i) + products).StoreUnsafe(ref sums, (nuint)i);
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
        Vector128<uint> leftShift = Vector128.CreateScalar((uint)-parameters.LeftShift);
        Vector128<uint> rightShift = Vector128.CreateScalar((uint)-parameters.RightShift);
        Vector128<uint> outputShift = Vector128.CreateScalar((uint)-parameters.OutputShift);
        Vector128<uint> leftHalf = Vector128Requantization.Half(-parameters.LeftShift);
        Vector128<uint> rightHalf = Vector128Requantization.Half(-parameters.RightShift);
        Vector128<uint> outputHalf = Vector128Requantization.Half(-parameters.OutputShift);
        Vector128<int> spareBits = Vector128.CreateScalar(parameters.SpareBits);
        int i = 0;
        for (; i <= output.Length - Vector128<int>.Count; i += Vector128<int>.Count)
        {
            Vector128<int> a = Sse2.ShiftLeftLogical(Load(ref leftValues, i) + Vector128.Create(parameters.LeftOffset), spareBits);
            a = Vector128Requantization.Scale(a, Vector128.Create(parameters.LeftMultiplier), leftHalf, leftShift);
            Vector128<int> b = Sse2.ShiftLeftLogical(Load(ref rightValues, i) + Vector128.Create(parameters.RightOffset), spareBits);
            b = Vector128Requantization.Scale(b, Vector128.Create(parameters.RightMultiplier), rightHalf, rightShift);
            Vector128<int> sum = a + Ssse3.Sign(b, Vector128.Create(parameters.Sign));
            sum = Vector128Requantization.Scale(sum, Vector128.Create(parameters.OutputMultiplier), outputHalf, outputShift)
                + Vector128.Create(parameters.OutputOffset);
            Store(Sse41.Min(Sse41.Max(sum, Vector128.Create(parameters.Minimum)), Vector128.Create(parameters.Maximum)), ref results, i);
        }

        return i;
    }

    protected override int AddRowVectors(ReadOnlySpan<sbyte> input, int rows, int stride, int[] sums, int count)
    {
        return Vector128Rows.Add(input, rows, stride, sums, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int MultiplyVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, ProductParameters parameters)
    {
        bool leftVaries = left.Length == output.Length;
        bool rightVaries = right.Length == output.Length;
        ref sbyte leftValues = ref MemoryMarshal.GetReference(left);
        ref sbyte rightValues = ref MemoryMarshal.GetReference(right);
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        Vector128<int> leftOffset = Vector128.Create(parameters.LeftOffset);
        Vector128<int> rightOffset = Vector128.Create(parameters.RightOffset);
        Vector128<int> a = Vector128.Create((int)left[0]) + leftOffset;
        Vector128<int> b = Vector128.Create((int)right[0]) + rightOffset;
        Vector128<int> multiplier = Vector128.Create(parameters.Factor.Multiplier);
        Vector128<int> leftShift = Vector128.CreateScalar(Math.Max(parameters.Factor.Shift, 0));
        int shift = Math.Max(-parameters.Factor.Shift, 0);
        Vector128<uint> rightShift = Vector128.CreateScalar((uint)shift);
        Vector128<uint> half = Vector128Requantization.Half(shift);
        int i = 0;
        for (; i <= output.Length - Vector128<int>.Count; i += Vector128<int>.Count)
        {
            a = leftVaries ? Load(ref leftValues, i) + leftOffset : a;
            b = rightVaries ? Load(ref rightValues, i) + rightOffset : b;
            Vector128<int> scaled = Vector128Requantization.Scale(Sse2.ShiftLeftLogical(Sse41.MultiplyLow(a, b), leftShift), multiplier, half, rightShift);
            scaled += Vector128.Create(parameters.OutputOffset);
            Store(Sse41.Min(Sse41.Max(scaled, Vector128.Create(parameters.Minimum)), Vector128.Create(parameters.Maximum)), ref results, i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int RescaleVectors(Span<int> values, Rescaling factor, int offset, int minimum, int maximum)
    {
        ref int accumulators = ref MemoryMarshal.GetReference(values);
        int shift = Math.Max(-factor.Shift, 0);
        Vector128<int> multiplier = Vector128.Create(factor.Multiplier);
        Vector128<int> left = Vector128.CreateScalar(Math.Max(factor.Shift, 0));
        Vector128<uint> right = Vector128.CreateScalar((uint)shift);
        Vector128<uint> half = Vector128Requantization.Half(shift);
        Vector128<int> offsets = Vector128.Create(offset);
        Vector128<int> least = Vector128.Create(minimum);
        Vector128<int> largest = Vector128.Create(maximum);
        int i = 0;
        for (; i <= values.Length - Vector128<int>.Count; i += Vector128<int>.Count)
        {
            Vector128<int> scaled = Sse2.ShiftLeftLogical(Vector128.LoadUnsafe(ref accumulators, (nuint)i), left);
            scaled = Vector128Requantization.Scale(scaled, multiplier, half, right);
            Sse41.Min(Sse41.Max(scaled + offsets, least), largest).StoreUnsafe(ref accumulators, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Load(ref sbyte values, int at)
    {
        return Sse41.ConvertToVector128Int32(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<int>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref values, at)))).AsSByte());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<int> values, ref sbyte target, int at)
    {
        Vector128<short> pairs = Sse2.PackSignedSaturate(values, values);
        int bytes = Sse2.PackSignedSaturate(pairs, pairs).AsInt32().ToScalar();
        Unsafe.WriteUnaligned(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref target, at)), bytes);
    }
}
