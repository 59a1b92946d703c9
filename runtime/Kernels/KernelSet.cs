using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// The inner loops that everything rests on. One implementation a machine; all give the same bytes. Chosen once, when a network is loaded.
/// </summary>
internal abstract class KernelSet
{
    /// <summary>The name that reports and the environment variable <c>EDGEQUANT_KERNELS</c> use.</summary>
    internal abstract string Name { get; }

    /// <summary>
    /// True if what is prepared holds weights in an order of its own, so that weights of any encoding may be read for it when the network is loaded.
    /// </summary>
    internal virtual bool HoldsWeights => false;

    /// <summary>Prepares a convolution of data of 8 or 16 bits with 8-bit weights.</summary>
    /// <param name="window">Its sizes.</param>
    /// <param name="groups">The groups of channels that do not see each other.</param>
    /// <param name="filter">The weights [output channels, height, width, channels of a group].</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="workspace">What the convolution shares with the other operators of the network.</param>
    /// <returns>The convolution; null where this machine has nothing better than <see cref="MultiplyRows"/> window by window.</returns>
    internal virtual ConvolutionKernel? Convolution(Window window, int groups, ReadOnlyInt8Vector filter, RowParameters parameters, Workspace workspace)
    {
        return null;
    }

    /// <summary>Prepares a depthwise convolution of data of 8 or 16 bits with 8-bit weights.</summary>
    /// <param name="window">Its sizes.</param>
    /// <param name="filter">The weights [height, width, output channels].</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="workspace">What the convolution shares with the other operators of the network.</param>
    /// <returns>The convolution; null where this machine has nothing better than <see cref="AccumulateTap"/> tap by tap.</returns>
    internal virtual ConvolutionKernel? DepthwiseConvolution(Window window, ReadOnlyInt8Vector filter, RowParameters parameters, Workspace workspace)
    {
        return null;
    }

    /// <summary>Prepares a transposed convolution of data of 8 or 16 bits with 8-bit weights.</summary>
    /// <param name="convolution">The operator, with its sizes and parameters.</param>
    /// <param name="filter">A matrix of weights for each phase, as <see cref="Operators.TransposedConvolution"/> has it.</param>
    /// <param name="workspace">What the convolution shares with the other operators of the network.</param>
    /// <returns>The convolution; null where this machine has nothing better than <see cref="MultiplyRows"/> window by window.</returns>
    internal virtual ConvolutionKernel? TransposedConvolution(PhasedConvolution convolution, ReadOnlyInt8Vector filter, Workspace workspace)
    {
        return null;
    }

    /// <summary>Prepares a product of rows with an 8-bit matrix [outputs, columns], as <see cref="Convolution"/> of single pixels.</summary>
    internal virtual ConvolutionKernel? MatrixProduct(int rows, int columns, ReadOnlyInt8Vector weights, RowParameters parameters, Workspace workspace)
    {
        return null;
    }

    /// <summary>Prepares products of 8-bit matrices that are both computed while the network runs.</summary>
    /// <returns>Null where this machine has nothing better than <see cref="AccumulateRows"/> and <see cref="AccumulateScaled"/> row by row.</returns>
    internal virtual MatrixKernel? MatrixProduct(MatrixShape shape)
    {
        return null;
    }

    /// <summary>
    /// Multiplies rows of an int8 matrix with one vector: output[i] = requantize(sum over k of weights[firstRow + i, k] x input[k]).
    /// </summary>
    /// <param name="input">The vector; its length is the length of a row.</param>
    /// <param name="weights">The whole matrix, row-major.</param>
    /// <param name="firstRow">The row that makes output[0]; it indexes the bias and the multipliers too.</param>
    /// <param name="output">One element a row.</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    internal abstract void MultiplyRows(ReadOnlyInt8Vector input, ReadOnlyInt8Vector weights, int firstRow, Int8Vector output, RowParameters parameters);

    /// <summary>Like <see cref="MultiplyRows"/>, over a matrix of packed 4-bit elements.</summary>
    internal abstract void MultiplyRowsInt4(ReadOnlyInt8Vector input, ReadOnlyInt8Vector weights, int firstRow, Int8Vector output, RowParameters parameters);

    /// <summary>Like <see cref="MultiplyRows"/>, with 16-bit input and output.</summary>
    internal abstract void MultiplyRowsInt16(ReadOnlyInt16Vector input, ReadOnlyInt8Vector weights, int firstRow, Int16Vector output, RowParameters parameters);

    /// <summary>
    /// Adds the product of a matrix and a vector: sums[i] += sum over k of (input[k] + inputOffset) x (weights[i, k] + weightOffset).
    /// </summary>
    /// <param name="input">The vector; its length is the length of a row.</param>
    /// <param name="inputOffset">Minus the input's zero point.</param>
    /// <param name="weights">Exactly as many rows as are to be added, row-major.</param>
    /// <param name="weightOffset">Minus the weights' zero point.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="sums">At least as many as rows.</param>
    internal abstract void AccumulateRows(ReadOnlyInt8Vector input, int inputOffset, ReadOnlyInt8Vector weights, int weightOffset, int rows, int[] sums);

    /// <summary>Adds the products of the rows of one matrix with those of another: sums[i] += sum over k of (left[i, k] + leftOffset) x right[i, k].</summary>
    /// <param name="left">The one matrix, row-major.</param>
    /// <param name="leftOffset">Minus its zero point.</param>
    /// <param name="right">The other, as large.</param>
    /// <param name="rows">The number of rows, 1 or more.</param>
    /// <param name="sums">At least as many as rows.</param>
    internal abstract void AccumulateRowProducts(ReadOnlyInt8Vector left, int leftOffset, ReadOnlyInt8Vector right, int rows, int[] sums);

    /// <summary>The product of two vectors: the sum over k of (input[k] + inputOffset) x (weights[k] + weightOffset).</summary>
    /// <param name="input">The one vector.</param>
    /// <param name="inputOffset">Minus the input's zero point.</param>
    /// <param name="weights">The other, as long as the input.</param>
    /// <param name="weightOffset">Minus the weights' zero point.</param>
    internal abstract long MultiplyInt16(ReadOnlyInt16Vector input, int inputOffset, ReadOnlyInt8Vector weights, int weightOffset);

    /// <summary>Looks up what packed indices stand for: output[i] = codebooks[i x stride + index(start + i)].</summary>
    /// <param name="indices">One index after the other, the first in the lowest bits.</param>
    /// <param name="start">The index that makes output[0].</param>
    /// <param name="bits">The bits of an index, 2 to 8.</param>
    /// <param name="codebooks">The entries, one codebook after the other.</param>
    /// <param name="stride">From the codebook of one output to that of the next; 0 if all have the same.</param>
    /// <param name="output">The entries that were looked up.</param>
    internal abstract void LookUpIndices(ReadOnlyInt8Vector indices, int start, int bits, ReadOnlyInt8Vector codebooks, int stride, Int8Vector output);

    /// <summary>Adds a multiple of a vector: sums[i] += scale x (row[i] + offset).</summary>
    /// <param name="scale">The factor.</param>
    /// <param name="row">The vector.</param>
    /// <param name="offset">Minus the vector's zero point.</param>
    /// <param name="sums">At least as many as the vector has elements.</param>
    internal abstract void AccumulateScaled(int scale, ReadOnlyInt8Vector row, int offset, int[] sums);

    /// <summary>
    /// Adds one tap of a depthwise convolution: accumulators[c] += (input[c / multiplier] + inputOffset) x weights[c].
    /// </summary>
    /// <param name="input">The input channels at one position.</param>
    /// <param name="inputOffset">Minus the input's zero point.</param>
    /// <param name="weights">One weight for each output channel.</param>
    /// <param name="depthMultiplier">Output channels for each input channel.</param>
    /// <param name="accumulators">At least as many as weights.</param>
    internal abstract void AccumulateTap(ReadOnlyInt8Vector input, int inputOffset, ReadOnlyInt8Vector weights, int depthMultiplier, int[] accumulators);

    /// <summary>output[i] = clamp(requantize(accumulators[i]) + offset), with the multiplier of channel i.</summary>
    internal abstract void Requantize(int[] accumulators, RowParameters parameters, Int8Vector output);

    /// <summary>output[i] = table[input[i] + 128]; input and output may be the same bytes.</summary>
    internal abstract void LookUp(ReadOnlyInt8Vector input, ReadOnlyInt8Vector table, Int8Vector output);

    /// <summary>
    /// Copies blocks of bytes at regular distances: block i goes from source[from + i x sourceStride] to target[to + i x targetStride].
    /// </summary>
    /// <param name="source">The bytes to read.</param>
    /// <param name="from">Where the first block starts in the source.</param>
    /// <param name="sourceStride">From one block to the next; may be 0 or negative.</param>
    /// <param name="target">The bytes to write.</param>
    /// <param name="to">Where the first block starts in the target.</param>
    /// <param name="targetStride">From one block to the next; may be 0 or negative.</param>
    /// <param name="count">The number of blocks, 1 or more.</param>
    /// <param name="length">The bytes of a block, 1 or more.</param>
    internal abstract void CopyBlocks(ReadOnlyInt8Vector source, int from, int sourceStride, Int8Vector target, int to, int targetStride, int count, int length);

    /// <summary>output[i] = left[i] + right[i], or their difference, rescaled; the output may be the same bytes as either.</summary>
    /// <param name="left">As many elements as the output, or one for all.</param>
    /// <param name="right">As many elements as the output, or one for all.</param>
    /// <param name="output">The sums.</param>
    /// <param name="parameters">Offsets, multipliers and clamp.</param>
    internal abstract void Add(ReadOnlyInt8Vector left, ReadOnlyInt8Vector right, Int8Vector output, SumParameters parameters);

    /// <summary>output[i] = left[i] x right[i], rescaled; operands as in <see cref="Add"/>.</summary>
    internal abstract void Multiply(ReadOnlyInt8Vector left, ReadOnlyInt8Vector right, Int8Vector output, ProductParameters parameters);

    /// <summary>sums[i] += input[i] + input[i + stride] + input[i + 2 x stride] and so on: one element of each row.</summary>
    /// <param name="input">The rows, from the first element of the first to the last element of the last.</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="stride">The elements from one row to the next.</param>
    /// <param name="sums">At least as many as a row has elements.</param>
    /// <param name="count">The elements of a row, 1 or more.</param>
    internal abstract void AddRows(ReadOnlyInt8Vector input, int rows, int stride, int[] sums, int count);

    /// <summary>The largest of the pixels of a window, channel by channel: largest[i] is the largest of the elements i of them.</summary>
    /// <param name="input">The pixels, from the first element of the window to its last.</param>
    /// <param name="rows">The window's rows, 1 or more.</param>
    /// <param name="stride">The elements from one row to the next.</param>
    /// <param name="columns">The pixels of a row, 1 or more; they lie side by side.</param>
    /// <param name="largest">As many as a pixel has elements, 1 or more.</param>
    internal abstract void MaximumWindow(ReadOnlyInt8Vector input, int rows, int stride, int columns, Int8Vector largest);

    /// <summary>The largest element of a row.</summary>
    /// <param name="row">1 element or more.</param>
    internal virtual int Largest(ReadOnlyInt8Vector row)
    {
        int largest = sbyte.MinValue;
        for (int i = 0; i < row.Length; i++)
        {
            int value = row[i];
            if (value > largest)
            {
                largest = value;
            }
        }

        return largest;
    }

    /// <summary>Elements to 32 bits: values[start + i] = input[i].</summary>
    internal virtual void Widen(ReadOnlyInt8Vector input, int[] values, int start)
    {
        for (int i = 0; i < input.Length; i++)
        {
            values[start + i] = input[i];
        }
    }

    /// <summary>Like <see cref="Widen"/>, of 16-bit elements.</summary>
    internal virtual void WidenInt16(ReadOnlyInt16Vector input, int[] values, int start)
    {
        for (int i = 0; i < input.Length; i++)
        {
            values[start + i] = input[i];
        }
    }

    /// <summary>Elements of 32 bits to 8: output[i] = values[start + i], cut to its lowest bits.</summary>
    internal virtual void Narrow(int[] values, int start, Int8Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (sbyte)values[start + i];
        }
    }

    /// <summary>Like <see cref="Narrow"/>, to 16 bits.</summary>
    internal virtual void NarrowInt16(int[] values, int start, Int16Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (short)values[start + i];
        }
    }

    /// <summary>The logistic function of 16-bit elements: output[i] = <see cref="Logistic16.Logistic"/> of input[i], which may be the same bytes.</summary>
    internal virtual void Logistic(ReadOnlyInt16Vector input, int multiplier, int shift, Int16Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Logistic16.Logistic(input[i], multiplier, shift);
        }
    }

    /// <summary>The hyperbolic tangent of 16-bit elements: output[i] = <see cref="Logistic16.Tanh"/> of input[i], which may be the same bytes.</summary>
    internal virtual void Tanh(ReadOnlyInt16Vector input, int multiplier, int shift, Int16Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Logistic16.Tanh(input[i], multiplier, shift);
        }
    }

    /// <summary>Multiplies 16-bit elements: products[start + i] = left[i] x right[i].</summary>
    internal virtual void MultiplyElementsInt16(ReadOnlyInt16Vector left, ReadOnlyInt16Vector right, int[] products, int start)
    {
        for (int i = 0; i < left.Length; i++)
        {
            products[start + i] = left[i] * right[i];
        }
    }

    /// <summary>Adds values to 16 bits: output[i] = clamp(values[i] + values[distance + i]).</summary>
    /// <param name="values">Values whose sums fit into 32 bits.</param>
    /// <param name="distance">From one of the two to the other.</param>
    /// <param name="minimum">The least result, of 16 bits.</param>
    /// <param name="maximum">The largest result, of 16 bits, not below the least.</param>
    /// <param name="output">The sums.</param>
    internal virtual void AddToInt16(int[] values, int distance, int minimum, int maximum, Int16Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (short)FixedPoint.Clamp(values[i] + values[distance + i], minimum, maximum);
        }
    }

    /// <summary>Rescales accumulators where they are: values[i] = clamp(values[i] x factor + offset).</summary>
    /// <param name="values">The accumulators.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="count">Their number.</param>
    /// <param name="factor">The factor of all.</param>
    /// <param name="offset">What is added to all.</param>
    /// <param name="minimum">The least result.</param>
    /// <param name="maximum">The largest result, not below the least.</param>
    internal virtual void Rescale(int[] values, int start, int count, Rescaling factor, int offset, int minimum, int maximum)
    {
        for (int i = start; i < start + count; i++)
        {
            values[i] = FixedPoint.Clamp(factor.Apply(values[i]) + offset, minimum, maximum);
        }
    }
}
