using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Kernels in plain C# for machines without vector instructions that a set of their own uses.</summary>
internal sealed class ScalarKernels : PackingKernels
{
    /// <summary>Elements that are added at once: few enough to stay in the fastest memory.</summary>
    private const int SumBlock = 64;

    internal override string Name => "scalar";

    internal override MatrixKernel? MatrixProduct(MatrixShape shape)
    {
        return shape.Depth <= ScalarMatrixKernel.MostDepth ? new ScalarMatrixKernel(shape) : null;
    }

    protected override PackedConvolution Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new ScalarConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected override PackedConvolution DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new ScalarDepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected override PackedConvolution Int16Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new ScalarPairConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected override PackedConvolution Int16DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    {
        return new ScalarDepthwiseConvolution(window, filter, parameters, requantizer, workspace);
    }

    protected override Requantizer Requantizer(ReadOnlySpan<sbyte> weights, int channelStride, int weightStride, RowParameters parameters)
    {
        long[] bounds = ProductBounds.Of(weights, channelStride, weightStride, parameters);
        return (Requantizer?)ScalarRequantizer.TryCreate(parameters, bounds) ?? new PlainRequantizer(parameters);
    }

    /// <inheritdoc/>
    /// <remarks>All elements, a block after the other: one operand, the other, their sum. At once, they read more constants than there are registers.</remarks>
    protected override int AddVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, SumParameters parameters)
    {
        ScalarScale leftScale = new(parameters.LeftMultiplier, parameters.LeftShift, 0);
        ScalarScale rightScale = new(parameters.RightMultiplier, parameters.RightShift, 0);
        ScalarScale outputScale = new(parameters.OutputMultiplier, parameters.OutputShift, 0);
        Span<int> block = stackalloc int[SumBlock];
        for (int start = 0; start < output.Length; start += SumBlock)
        {
            Span<int> sums = block[..Math.Min(SumBlock, output.Length - start)];
            sums.Clear();
            AddScaled(right.Slice(start, sums.Length), parameters.RightOffset, parameters.SpareBits, rightScale, sums);
            for (int i = 0; parameters.Sign < 0 && i < sums.Length; i++)
            {
                sums[i] = -sums[i];
            }

            AddScaled(left.Slice(start, sums.Length), parameters.LeftOffset, parameters.SpareBits, leftScale, sums);
            Finish(sums, outputScale, parameters.OutputOffset - parameters.Minimum, parameters.Maximum, parameters.Maximum - parameters.Minimum, output[start..]);
        }

        return output.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(ReadOnlySpan<sbyte> operand, int offset, int spareBits, ScalarScale scale, Span<int> sums)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(operand);
        ref int results = ref MemoryMarshal.GetReference(sums);
        nint count = sums.Length;
        for (nint i = 0; i < count; i++)
        {
            Unsafe.Add(ref results, i) += scale.Apply((Unsafe.Add(ref values, i) + offset) << spareBits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(ReadOnlySpan<int> sums, ScalarScale scale, int offset, int largest, int range, Span<sbyte> output)
    {
        ref int values = ref MemoryMarshal.GetReference(sums);
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        nint count = sums.Length;
        for (nint i = 0; i < count; i++)
        {
            Unsafe.Add(ref results, i) = ScalarScale.Clamp(scale.Apply(Unsafe.Add(ref values, i)) + offset, largest, range);
        }
    }
}
