using EdgeQuant.Runtime.Operators;
using EdgeQuant.Runtime.Threads;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// What sets that hold weights in an order of their own have in common: which convolutions they prepare, and that a kernel goes through whole vectors
/// first (a set overrides those that it has) and then through the elements that are left.
/// </summary>
internal abstract class PackingKernels : CompactKernels
{
    /// <summary>What a multiplication of a depthwise convolution costs, in those of other convolutions.</summary>
    private const int DepthwiseCost = 4;

    /// <summary>The threads that share the work of a convolution; null: only the one that asks for it.</summary>
    private WorkerPool? _workers;
    private long _smallestPiece;

    internal sealed override bool HoldsWeights => true;

    internal sealed override ConvolutionKernel? Convolution(
        Window window, int groups, ReadOnlySpan<sbyte> filter, RowParameters parameters, Workspace workspace)
    {
        int parts = SymmetricParts.Count(filter, parameters.WeightOffset);
        if (!SymmetricParts.Suit(window, parts))
        {
            return null;
        }

        if (parameters.WeightOffset != 0)
        {
            filter = SymmetricParts.Split(filter, parameters.WeightOffset, filter.Length / window.OutputChannels / window.KernelHeight, parts);
        }

        return Repeated(window, parts, GroupedConvolution(window.WithRows(parts), groups, filter, parameters, workspace.OfConvolutions), parameters);
    }

    internal sealed override ConvolutionKernel? DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Workspace workspace)
    {
        if (window.InputChannels == 1)
        {
            return Convolution(window, 1, Transposed(filter, window.OutputChannels), parameters, workspace);
        }

        int parts = SymmetricParts.Count(filter, parameters.WeightOffset);
        if (!SymmetricParts.Suit(window, parts))
        {
            return null;
        }

        if (parameters.WeightOffset != 0)
        {
            filter = SymmetricParts.Split(filter, parameters.WeightOffset, filter.Length / window.KernelHeight, parts);
        }

        Window whole = window.WithRows(parts);
        int multiplier = window.OutputChannels / window.InputChannels;
        ConvolutionKernel? kernel = WindowReach.AreModest(whole, multiplier)
            ? SymmetricDepthwiseConvolution(whole.WithChannels(window.OutputChannels, window.OutputChannels), filter, parameters, workspace.OfConvolutions)
            : null;
        if (kernel is not null && multiplier > 1)
        {
            kernel = new RepeatedData(kernel, InputBytes(whole, parameters), parameters.DataBytes, multiplier);
        }

        return Repeated(window, parts, kernel, parameters);
    }

    internal sealed override ConvolutionKernel? TransposedConvolution(PhasedConvolution convolution, ReadOnlySpan<sbyte> filter, Workspace workspace)
    {
        TransposedPhase[]? phases = TransposedPhase.TryCreate(
            convolution, filter, (window, weights) => SymmetricConvolution(window, weights, convolution.Parameters, workspace.OfConvolutions));
        return phases is null ? null : new TransposedKernel(phases);
    }

    internal sealed override ConvolutionKernel? MatrixProduct(int rows, int columns, ReadOnlySpan<sbyte> weights, RowParameters parameters, Workspace workspace)
    {
        return Convolution(new Window(rows, columns, parameters.Rows), 1, weights, parameters, workspace);
    }

    internal sealed override void AccumulateTap(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int depthMultiplier, int[] accumulators)
    {
        int done = depthMultiplier == 1 ? AccumulateTapVectors(input, inputOffset, weights, accumulators) : 0;
        if (done == 0)
        {
            base.AccumulateTap(input, inputOffset, weights, depthMultiplier, accumulators);
            return;
        }

        for (int i = done; i < weights.Length; i++)
        {
            accumulators[i] += (input[i] + inputOffset) * weights[i];
        }
    }

    internal sealed override long MultiplyInt16(ReadOnlySpan<short> input, int inputOffset, ReadOnlySpan<sbyte> weights, int weightOffset)
    {
        long sum = 0;

        // With an offset the data may not fit into 16 bits.
        int k = inputOffset == 0 ? MultiplyVectors(input, weights[..input.Length], weightOffset, ref sum) : 0;
        return sum + base.MultiplyInt16(input[k..], inputOffset, weights[k..input.Length], weightOffset);
    }

    internal sealed override void AccumulateScaled(int scale, ReadOnlySpan<sbyte> row, int offset, int[] sums)
    {
        int done = AccumulateScaledVectors(scale, row, offset, sums);
        if (done == 0)
        {
            base.AccumulateScaled(scale, row, offset, sums);
            return;
        }

        for (int i = done; i < row.Length; i++)
        {
            sums[i] += scale * (row[i] + offset);
        }
    }

    internal sealed override void Requantize(int[] accumulators, RowParameters parameters, Span<sbyte> output)
    {
        int done = RequantizeVectors(accumulators, parameters, output);
        ReadOnlySpan<int> multipliers = parameters.Multipliers;
        ReadOnlySpan<sbyte> shifts = parameters.Shifts;
        for (int i = done; i < output.Length; i++)
        {
            int channel = i * parameters.PerRow;
            output[i] = (sbyte)parameters.Finish(accumulators[i] + (parameters.HasBias ? parameters.Bias[i] : 0), multipliers[channel], shifts[channel]);
        }
    }

    internal sealed override void Add(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, SumParameters parameters)
    {
        int done = left.Length == output.Length && right.Length == output.Length ? AddVectors(left, right, output, parameters) : 0;
        if (done < output.Length)
        {
            base.Add(Rest(left, done, output.Length), Rest(right, done, output.Length), output[done..], parameters);
        }
    }

    internal sealed override void AddRows(ReadOnlySpan<sbyte> input, int rows, int stride, int[] sums, int count)
    {
        int done = AddRowVectors(input, rows, stride, sums, count);
        if (done == 0)
        {
            base.AddRows(input, rows, stride, sums, count);
            return;
        }

        for (int i = done; i < count; i++)
        {
            for (int row = 0; row < rows; row++)
            {
                sums[i] += input[(row * stride) + i];
            }
        }
    }

    internal sealed override void Multiply(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, ProductParameters parameters)
    {
        int done = MultiplyVectors(left, right, output, parameters);
        if (done < output.Length)
        {
            base.Multiply(Rest(left, done, output.Length), Rest(right, done, output.Length), output[done..], parameters);
        }
    }

    internal sealed override void Rescale(int[] values, int start, int count, Rescaling factor, int offset, int minimum, int maximum)
    {
        int done = RescaleVectors(values.AsSpan(start, count), factor, offset, minimum, maximum);
        base.Rescale(values, start + done, count - done, factor, offset, minimum, maximum);
    }

    /// <summary>The same kernels, whose convolutions share their work among threads where that pays.</summary>
    /// <param name="workers">The threads.</param>
    /// <param name="smallestPiece">What the part of a thread must cost at least, in multiplications of a convolution.</param>
    internal PackingKernels On(WorkerPool workers, long smallestPiece)
    {
        PackingKernels kernels = (PackingKernels)MemberwiseClone();
        kernels._workers = workers;
        kernels._smallestPiece = smallestPiece;
        return kernels;
    }

    /// <summary>A convolution without groups, of symmetric weights.</summary>
    protected abstract PackedConvolution Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace);

    /// <summary>A product with a large matrix of weights that take few values; null where the set has none, or a convolution is faster.</summary>
    protected virtual NibbleProduct? Product(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    {
        return null;
    }

    /// <summary>A depthwise convolution of one output for each input channel, of symmetric weights.</summary>
    protected abstract PackedConvolution DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace);

    /// <summary>A convolution without groups, of 16-bit data without zero point, whose sums fit into 32 bits.</summary>
    protected abstract PackedConvolution Int16Convolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace);

    /// <summary>As <see cref="Int16Convolution"/>, depthwise, of one output for each input channel.</summary>
    protected abstract PackedConvolution Int16DepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace);

    /// <summary>What finishes the accumulators of products with 16-bit data.</summary>
    protected virtual Requantizer Int16Requantizer(RowParameters parameters)
    {
        return new Int16Requantizer(parameters);
    }

    /// <summary>What finishes the accumulators of products with some weights.</summary>
    /// <inheritdoc cref="ProductBounds.Of"/>
    protected abstract Requantizer Requantizer(ReadOnlySpan<sbyte> weights, int channelStride, int weightStride, RowParameters parameters);

    /// <summary><see cref="AccumulateTap"/> with one output channel for each input channel, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    protected virtual int AccumulateTapVectors(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int[] accumulators)
    {
        return 0;
    }

    /// <summary><see cref="MultiplyInt16"/> of data without offset, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    protected virtual int MultiplyVectors(ReadOnlySpan<short> input, ReadOnlySpan<sbyte> weights, int weightOffset, ref long sum)
    {
        return 0;
    }

    /// <summary><see cref="AccumulateScaled"/>, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    protected virtual int AccumulateScaledVectors(int scale, ReadOnlySpan<sbyte> row, int offset, int[] accumulators)
    {
        return 0;
    }

    /// <summary><see cref="Requantize"/>, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    protected virtual int RequantizeVectors(int[] accumulators, RowParameters parameters, Span<sbyte> output)
    {
        return 0;
    }

    /// <summary>Adds two vectors as long as the output, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    protected virtual int AddVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, SumParameters parameters)
    {
        return 0;
    }

    /// <summary><see cref="AddRows"/>, as far as whole vectors reach.</summary>
    /// <returns>The elements of a row that are done.</returns>
    protected virtual int AddRowVectors(ReadOnlySpan<sbyte> input, int rows, int stride, int[] sums, int count)
    {
        return 0;
    }

    /// <summary><see cref="Multiply"/>, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    protected virtual int MultiplyVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, ProductParameters parameters)
    {
        return 0;
    }

    /// <summary><see cref="Rescale"/>, as far as whole vectors reach.</summary>
    /// <returns>The elements that are done.</returns>
    protected virtual int RescaleVectors(Span<int> values, Rescaling factor, int offset, int minimum, int maximum)
    {
        return 0;
    }

    /// <summary>True if kernels that add up the products of 16-bit data in 32 bits are exact.</summary>
    private static bool HoldInt16Sums(ReadOnlySpan<sbyte> filter, int channelStride, int weightStride, RowParameters parameters)
    {
        return parameters.InputOffset == 0 && ProductBounds.HoldInt16Sums(filter, channelStride, weightStride, parameters.Rows);
    }

    private NibbleProduct? Product(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, int allWeights)
    {
        bool isProduct = WindowReach.IsPixels(window) && window.Batches * window.InputHeight * window.InputWidth <= NibbleProduct.MostRows;
        return isProduct && allWeights >= NibbleProduct.FewestWeights && window.OutputChannels >= NibbleProduct.Tile
            && NibbleWeights.TryCreate(filter, window.InputChannels) is { } nibbles
            ? Product(filter, nibbles, parameters, requantizer)
            : null;
    }

    private static int InputBytes(Window window, RowParameters parameters)
    {
        return window.Batches * window.InputHeight * window.InputWidth * window.InputChannels * parameters.DataBytes;
    }

    /// <summary>A kernel that sees the rows of a window's images several times.</summary>
    private static ConvolutionKernel? Repeated(Window window, int times, ConvolutionKernel? kernel, RowParameters parameters)
    {
        int rowBytes = window.InputWidth * window.InputChannels * parameters.DataBytes;
        return times == 1 || kernel is null ? kernel : new RepeatedData(kernel, InputBytes(window, parameters), rowBytes, times);
    }

    private ConvolutionKernel? GroupedConvolution(Window window, int groups, ReadOnlySpan<sbyte> filter, RowParameters parameters, ConvolutionWorkspace workspace)
    {
        if (groups == 1)
        {
            return SymmetricConvolution(window, filter, parameters, workspace);
        }

        int outputs = window.OutputChannels / groups;
        int channels = window.InputChannels / groups;
        int merged = GroupedKernel.Merged(groups, outputs);
        ConvolutionKernel[] kernels = new ConvolutionKernel[groups / merged];
        Window part = window.WithChannels(merged * channels, merged * outputs);
        int length = filter.Length / kernels.Length;
        for (int i = 0; i < kernels.Length; i++)
        {
            ReadOnlySpan<sbyte> weights = GroupedKernel.Merge(filter.Slice(i * length, length), outputs, channels, merged);
            if (SymmetricConvolution(part, weights, parameters.Part(i * merged * outputs, merged * outputs), workspace) is not { } kernel)
            {
                return null;
            }

            kernels[i] = kernel;
        }

        return kernels.Length == 1 ? kernels[0] : new GroupedKernel(window, kernels, parameters.DataBytes);
    }

    private ConvolutionKernel? SymmetricConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, ConvolutionWorkspace workspace)
    {
        if (!WindowReach.IsModest(window))
        {
            return null;
        }

        return _workers is not null && SplitProduct.Pieces(window, filter.Length, _workers.Threads, _smallestPiece) is > 1 and int pieces
            ? Split(window, filter, parameters, workspace, pieces, _workers)
            : Whole(window, filter, parameters, workspace, filter.Length);
    }

    private SplitProduct? Split(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, ConvolutionWorkspace workspace, int pieces, WorkerPool workers)
    {
        int[] starts = SplitProduct.Starts(window.OutputChannels, pieces);
        int elements = filter.Length / window.OutputChannels;
        ConvolutionKernel[] kernels = new ConvolutionKernel[pieces];
        for (int i = 0; i < pieces; i++)
        {
            int outputs = starts[i + 1] - starts[i];
            ReadOnlySpan<sbyte> weights = filter.Slice(starts[i] * elements, outputs * elements);
            Window part = window.WithChannels(window.InputChannels, outputs);
            if (Whole(part, weights, parameters.Part(starts[i], outputs), workspace.OfPiece(i), filter.Length) is not { } kernel)
            {
                return null;
            }

            kernels[i] = kernel;
        }

        return new SplitProduct(kernels, starts, workers, parameters.DataBytes);
    }

    /// <summary>A convolution, or a piece of one by its outputs: all weights together decide which kernel is fastest.</summary>
    private ConvolutionKernel? Whole(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, ConvolutionWorkspace workspace, int allWeights)
    {
        if (parameters.DataBytes == sizeof(short))
        {
            return HoldInt16Sums(filter, filter.Length / window.OutputChannels, 1, parameters)
                ? Split(Int16Convolution(window, filter, parameters, Int16Requantizer(parameters), workspace), filter.Length, workspace)
                : null;
        }

        Requantizer requantizer = Requantizer(filter, filter.Length / window.OutputChannels, 1, parameters);
        return Product(window, filter, parameters, requantizer, allWeights)
            ?? Split(Convolution(window, filter, parameters, requantizer, workspace), filter.Length, workspace);
    }

    private ConvolutionKernel? SymmetricDepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, ConvolutionWorkspace workspace)
    {
        bool is16Bits = parameters.DataBytes == sizeof(short);
        if (!WindowReach.IsModest(window) || (is16Bits && !HoldInt16Sums(filter, 1, window.OutputChannels, parameters)))
        {
            return null;
        }

        PackedConvolution kernel = is16Bits
            ? Int16DepthwiseConvolution(window, filter, parameters, Int16Requantizer(parameters), workspace)
            : DepthwiseConvolution(window, filter, parameters, Requantizer(filter, 1, window.OutputChannels, parameters), workspace);
        return Split(kernel, DepthwiseCost * (long)filter.Length, workspace);
    }

    /// <summary>The kernel, or as many pieces of it as pay.</summary>
    /// <param name="kernel">The whole.</param>
    /// <param name="pixelCost">What one pixel of outputs costs, in multiplications of a convolution.</param>
    /// <param name="workspace">That of the whole.</param>
    private ConvolutionKernel Split(PackedConvolution kernel, long pixelCost, ConvolutionWorkspace workspace)
    {
        return _workers is null ? kernel : SplitConvolution.Of(kernel, pixelCost, workspace, _workers, _smallestPiece);
    }

    /// <summary>The weights [taps, channels] of a depthwise convolution as those of one that reads its only channel: [channels, taps].</summary>
    private static sbyte[] Transposed(ReadOnlySpan<sbyte> filter, int channels)
    {
        sbyte[] transposed = new sbyte[filter.Length];
        int taps = filter.Length / channels;
        for (int i = 0; i < filter.Length; i++)
        {
            transposed[(i % channels * taps) + (i / channels)] = filter[i];
        }

        return transposed;
    }

    /// <summary>What is left of an operand of an element-wise kernel, which may be one element for all.</summary>
    private static ReadOnlySpan<sbyte> Rest(ReadOnlySpan<sbyte> operand, int done, int length)
    {
        return operand.Length == length ? operand[done..] : operand;
    }
}
