using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// A convolution in groups of channels that do not see each other, as a convolution for each: the channels that it sees are copied together first, and its
/// results to their places then. Groups of few outputs are merged to one whose weights between them are 0, as kernels compute several outputs at once.
/// </summary>
internal sealed class GroupedKernel : ConvolutionKernel
{
    /// <summary>Outputs that no kernel gains by merging beyond.</summary>
    private const int EnoughOutputs = 8;

    private readonly ConvolutionKernel[] _kernels;
    private readonly int _inputPixels;
    private readonly int _inputBytes;
    private readonly int _outputPixels;
    private readonly int _outputBytes;
    private readonly sbyte[] _data;
    private readonly sbyte[] _results;

    /// <param name="window">The sizes of the whole.</param>
    /// <param name="kernels">The convolutions, one for each piece of the channels.</param>
    /// <param name="dataBytes">The bytes of an element of data and outputs.</param>
    internal GroupedKernel(Window window, ConvolutionKernel[] kernels, int dataBytes)
    {
        _kernels = kernels;
        _inputPixels = window.Batches * window.InputHeight * window.InputWidth;
        _inputBytes = window.InputChannels / kernels.Length * dataBytes;
        _outputPixels = window.Batches * window.OutputHeight * window.OutputWidth;
        _outputBytes = window.OutputChannels / kernels.Length * dataBytes;
        _data = new sbyte[_inputPixels * _inputBytes];
        _results = new sbyte[_outputPixels * _outputBytes];
    }

    internal override long HeldBytes => _kernels.Sum(kernel => kernel.HeldBytes) + _data.Length + _results.Length;

    /// <summary>How many groups are merged to one: a number that divides all.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="outputs">The output channels of a group.</param>
    internal static int Merged(int groups, int outputs)
    {
        int merged = Math.Clamp(EnoughOutputs / outputs, 1, groups);
        while (groups % merged != 0)
        {
            merged--;
        }

        return merged;
    }

    /// <summary>The weights of merged groups.</summary>
    /// <param name="filter">Those of the groups [output channels, taps, channels of a group].</param>
    /// <param name="outputs">The output channels of a group.</param>
    /// <param name="channels">The input channels of a group.</param>
    /// <param name="merged">The number of groups.</param>
    internal static sbyte[] Merge(ReadOnlySpan<sbyte> filter, int outputs, int channels, int merged)
    {
        sbyte[] weights = new sbyte[filter.Length * merged];
        int taps = filter.Length / channels / (outputs * merged);
        for (int tap = 0; tap < filter.Length / channels; tap++)
        {
            int group = tap / taps / outputs;
            filter.Slice(tap * channels, channels).CopyTo(weights.AsSpan(((tap * merged) + group) * channels));
        }

        return weights;
    }

    internal override void Run(TensorData input, TensorData output)
    {
        TensorData data = new(_data, 0, _data.Length);
        TensorData results = new(_results, 0, _results.Length);
        int inputStride = _kernels.Length * _inputBytes;
        int outputStride = _kernels.Length * _outputBytes;
        for (int i = 0; i < _kernels.Length; i++)
        {
            ByteBlocks.Copy(input.Int8()[(i * _inputBytes)..], inputStride, _data, _inputBytes, _inputPixels, _inputBytes);
            _kernels[i].Run(data, results);
            ByteBlocks.Copy(_results, _outputBytes, output.Int8()[(i * _outputBytes)..], outputStride, _outputPixels, _outputBytes);
        }
    }
}
