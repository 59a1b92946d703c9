using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Kernels in plain C# for machines without vector instructions that a set of their own uses.</summary>
internal sealed class ScalarKernels : PackingKernels
{
    internal override string Name => "scalar";

    internal override MatrixKernel? MatrixProduct(MatrixShape shape)
    {
        return shape.Depth <= ScalarMatrixKernel.MostDepth ? new ScalarMatrixKernel(shape) : null;
    }

    protected override PackedConvolution Convolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    {
        return new ScalarConvolution(window, filter, parameters, requantizer);
    }

    protected override PackedConvolution DepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    {
        return new ScalarDepthwiseConvolution(window, filter, parameters, requantizer);
    }

    protected override PackedConvolution Int16Convolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    {
        return new ScalarPairConvolution(window, filter, parameters, requantizer);
    }

    protected override Requantizer Requantizer(ReadOnlySpan<sbyte> weights, int channelStride, int weightStride, RowParameters parameters)
    {
        long[] bounds = ProductBounds.Of(weights, channelStride, weightStride, parameters);
        return (Requantizer?)ScalarRequantizer.TryCreate(parameters, bounds) ?? new PlainRequantizer(parameters);
    }

    /// <inheritdoc/>
    /// <remarks>All elements, one after the other.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int AddVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, SumParameters parameters)
    {
        ref sbyte leftValues = ref MemoryMarshal.GetReference(left);
        ref sbyte rightValues = ref MemoryMarshal.GetReference(right);
        ref sbyte results = ref MemoryMarshal.GetReference(output);
        ScalarScale leftScale = new(parameters.LeftMultiplier, parameters.LeftShift, 0);
        ScalarScale rightScale = new(parameters.RightMultiplier, parameters.RightShift, 0);
        ScalarScale outputScale = new(parameters.OutputMultiplier, parameters.OutputShift, 0);
        int leftOffset = parameters.LeftOffset;
        int rightOffset = parameters.RightOffset;
        int spareBits = parameters.SpareBits;
        int sign = parameters.Sign;
        int offset = parameters.OutputOffset - parameters.Minimum;
        int maximum = parameters.Maximum;
        int range = maximum - parameters.Minimum;
        for (nint i = 0; i < output.Length; i++)
        {
            int a = leftScale.Apply((Unsafe.Add(ref leftValues, i) + leftOffset) << spareBits);
            int b = rightScale.Apply((Unsafe.Add(ref rightValues, i) + rightOffset) << spareBits);
            Unsafe.Add(ref results, i) = ScalarScale.Clamp(outputScale.Apply(a + (b * sign)) + offset, maximum, range);
        }

        return output.Length;
    }
}
