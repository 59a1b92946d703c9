using System.Runtime.InteropServices;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Firmware.Live;

/// <summary>
/// The frames of features that the network reads, as they are when an inference begins. Of frames with very many features, the mean of so
/// many neighbours stands for them, so that a page can show them. Allocates nothing after it was made.
/// </summary>
internal sealed class FeatureFrames
{
    /// <summary>The most rows that are shown of a frame.</summary>
    public const int MostRows = 128;

    /// <summary>The most frames that are shown of a window.</summary>
    public const int MostFrames = 512;

    private readonly Pipeline _pipeline;
    private readonly sbyte[] _window;
    private readonly bool _isWide;

    /// <summary>Makes it; <see cref="Take"/> fills it.</summary>
    /// <param name="pipeline">The model.</param>
    public FeatureFrames(Pipeline pipeline)
    {
        _pipeline = pipeline;
        _window = new sbyte[pipeline.Network.Input().Length];
        TensorDescription input = pipeline.Network.DescribeInput();
        _isWide = input.Type == ElementType.Int16;
        Scale = BitConverter.Int32BitsToSingle(input.ScaleBits);
        ZeroPoint = input.ZeroPoint;
        Group = (pipeline.FrameFeatures + MostRows - 1) / MostRows;
        Rows = (pipeline.FrameFeatures + Group - 1) / Group;
    }

    /// <summary>What one step of a feature stands for.</summary>
    public float Scale { get; }

    /// <summary>The value that stands for 0.</summary>
    public int ZeroPoint { get; }

    /// <summary>Features that a row stands for.</summary>
    public int Group { get; }

    /// <summary>Rows of a frame.</summary>
    public int Rows { get; }

    /// <summary>Seconds from a frame to the next.</summary>
    public double Step => _pipeline.HopSamples * 1000.0 / _pipeline.SampleRate;

    /// <summary>Copies the network's input.</summary>
    public void Take()
    {
        _pipeline.Network.Input().CopyTo(_window);
    }

    /// <summary>How many of the last frames are new.</summary>
    /// <param name="samples">Samples since the inference before; another number than always: something was lost between, and all frames are new.</param>
    public int New(long samples)
    {
        bool isNext = samples == _pipeline.SamplesPerDecision;
        return Math.Min(isNext ? Math.Min(_pipeline.SamplesPerDecision / _pipeline.HopSamples, _pipeline.Frames) : _pipeline.Frames, MostFrames);
    }

    /// <summary>A value of one of the last frames, as the network reads it.</summary>
    /// <param name="frame">From 1 for the last one on, backwards.</param>
    /// <param name="row">0 to <see cref="Rows"/> - 1.</param>
    public int Value(int frame, int row)
    {
        int start = (_pipeline.Frames - frame) * _pipeline.FrameFeatures;
        int first = row * Group;
        int end = Math.Min(first + Group, _pipeline.FrameFeatures);
        int sum = 0;
        for (int i = first; i < end; i++)
        {
            sum += _isWide ? MemoryMarshal.Cast<sbyte, short>(_window)[start + i] : _window[start + i];
        }

        return sum / (end - first);
    }
}
