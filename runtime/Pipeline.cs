using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Deciding;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Runtime;

/// <summary>
/// From samples to labels: frames of a signal become features by the file's front end (a network of its own; without one the samples are the
/// features), features become the network's input, and its scores become a decision. Loading checks and allocates everything; after that
/// nothing allocates. An instance serves one thread at a time.
/// </summary>
public sealed partial class Pipeline
{
    private readonly SignalSettings _signal;
    private readonly DecisionMaker _decisionMaker;
    private readonly SampleWindow _samples;
    private readonly SampleWindow _frames;
    private readonly string[] _labels;
    private readonly TensorData _frontEndInput;
    private readonly TensorData _frontEndOutput;
    private readonly TensorData _networkInput;
    private readonly ElementType _featureType;
    private readonly ElementType _inputType;
    private readonly TensorData _features;
    private long _taken;

    private Pipeline(SignalSettings signal, DecisionSettings decision, Network network, Network? frontEnd)
    {
        _signal = signal;
        Network = network;
        FrontEnd = frontEnd;
        int frameElements = signal.FrameSamples * signal.Channels;
        _featureType = ElementType.Int16;
        if (frontEnd == null)
        {
            Require("number of features of a frame", signal.FrameFeatures, frameElements);
        }
        else
        {
            _featureType = CheckFrontEnd(frontEnd, frameElements, signal.FrameFeatures);
            _frontEndInput = frontEnd.InputData(0);
            _frontEndOutput = frontEnd.OutputData(0);
        }

        Require("number of inputs of a network with a signal", network.InputCount, 1);
        TensorDescription input = network.DescribeInput(0);
        _inputType = input.Type;
        int bytes = TensorTable.BytesOf(_inputType);
        Require("number of elements of the network's input", input.ByteLength / bytes, signal.Frames * signal.FrameFeatures);
        RequireFeatures(_inputType, "network's input");
        if (!signal.IsRescaled && _inputType != _featureType)
        {
            throw new ModelFormatException(
                "The features have element type " + ((int)_featureType).ToString() + ", the network's input has " + ((int)_inputType).ToString() + "; without a rescaling they must be the same.");
        }

        if (decision.Output >= network.OutputCount)
        {
            throw ModelFile.Error("output that is decided on", decision.Output, 0, network.OutputCount - 1);
        }

        TensorDescription output = network.DescribeOutput(decision.Output);
        if (output.Type != ElementType.Int8 && output.Type != ElementType.UInt8 && output.Type != ElementType.Int16)
        {
            throw new ModelFormatException("The output that is decided on has element type " + ((int)output.Type).ToString() + "; allowed is 1 (int8), 2 (uint8), 3 (int16).");
        }

        Require("number of labels", decision.LabelCount, output.ByteLength / TensorTable.BytesOf(output.Type));
        _networkInput = network.InputData(0);
        _decisionMaker = new DecisionMaker(decision, network.OutputData(decision.Output), output.Type);
        _samples = new SampleWindow(signal.FrameSamples, signal.HopSamples, signal.Channels * 2);
        _frames = new SampleWindow(signal.Frames, signal.HopFrames, signal.FrameFeatures * bytes);
        _features = new TensorData(new sbyte[signal.FrameFeatures * bytes], 0, signal.FrameFeatures * bytes);
        _labels = new string[decision.LabelCount];
        for (int i = 0; i < _labels.Length; i++)
        {
            _labels[i] = decision.Text(i);
        }

        Reset();
    }

    /// <summary>The network that scores.</summary>
    public Network Network { get; }

    /// <summary>The network that makes features of a frame; null if the samples are the features.</summary>
    public Network? FrontEnd { get; }

    /// <summary>What the kernels of network and front end hold beside the file, as <see cref="Network.HeldBytes"/>.</summary>
    public long HeldBytes => Network.HeldBytes + (FrontEnd == null ? 0 : FrontEnd.HeldBytes);

    /// <summary>Numbers of a sample, int16 each.</summary>
    public int Channels => _signal.Channels;

    /// <summary>Samples a second, in thousandths of a hertz.</summary>
    public int SampleRate => _signal.SampleRate;

    /// <summary>Samples of a frame.</summary>
    public int FrameSamples => _signal.FrameSamples;

    /// <summary>Samples from the start of a frame to the start of the next.</summary>
    public int HopSamples => _signal.HopSamples;

    /// <summary>Features of a frame.</summary>
    public int FrameFeatures => _signal.FrameFeatures;

    /// <summary>Frames of the network's input, oldest first.</summary>
    public int Frames => _signal.Frames;

    /// <summary>New samples from one inference to the next.</summary>
    public int SamplesPerDecision => _signal.HopSamples * _signal.HopFrames;

    /// <summary>The number of labels.</summary>
    public int LabelCount => _labels.Length;

    /// <summary>True if the last push ran an inference, and <see cref="Decision"/> is its.</summary>
    public bool Decided { get; private set; }

    /// <summary>The last decision; before the first inference its label is -1.</summary>
    public Decision Decision { get; private set; }

    /// <summary>The text of a label.</summary>
    /// <param name="index">0 to <see cref="LabelCount"/> - 1.</param>
    public string Label(int index)
    {
        return _labels[index];
    }

    /// <summary>The averaged score of a label after the last inference, 0 to 32768 standing for 0 to 1; 0 before the first.</summary>
    /// <param name="index">0 to <see cref="LabelCount"/> - 1.</param>
    public int Score(int index)
    {
        return _decisionMaker.Average(index);
    }

    /// <summary>What a channel measures.</summary>
    /// <param name="channel">0 to <see cref="Channels"/> - 1.</param>
    public SignalUnit ChannelUnit(int channel)
    {
        return (SignalUnit)_signal.Unit(channel);
    }

    /// <summary>The bits of the float32 that one count of a channel stands for, in its unit; 0 if it is not known.</summary>
    /// <param name="channel">0 to <see cref="Channels"/> - 1.</param>
    public int ChannelScaleBits(int channel)
    {
        return _signal.ScaleBits(channel);
    }

    /// <summary>Says that samples were lost: windows, states of the networks and decisions start over. The count of samples goes on.</summary>
    public void Gap()
    {
        _samples.Clear();
        _frames.Clear();
        if (FrontEnd != null)
        {
            FrontEnd.Reset();
        }

        Network.Reset();
        _decisionMaker.Reset();
        Decided = false;
        Decision = new Decision(-1, 0, false, _taken);
    }

    /// <summary>Starts from the beginning, as after loading.</summary>
    public void Reset()
    {
        _taken = 0;
        Gap();
    }

    /// <summary>Runs the self-tests of front end and network. Overwrites their states: the pipeline is reset.</summary>
    /// <returns>-1 if all outputs were right; otherwise the first record that was wrong, those of the front end counted first.</returns>
    public int SelfTest()
    {
        int records = FrontEnd == null ? 0 : FrontEnd.SelfTestRecords;
        int failed = FrontEnd == null ? -1 : FrontEnd.SelfTest();
        if (failed < 0)
        {
            failed = Network.SelfTest();
            failed = failed < 0 ? -1 : failed + records;
        }

        Reset();
        return failed;
    }

    /// <summary>Follows samples that were written: completes a frame, features, an inference where they are due.</summary>
    private void Follow(int count)
    {
        _taken += count;
        if (!_samples.IsFull)
        {
            return;
        }

        MakeFeatures();
        _samples.Advance();
        if (_frames.Skip(1) == 0)
        {
            _features.Int8().CopyTo(_frames.Take(1).Int8());
        }

        if (_frames.IsFull)
        {
            _frames.Bytes.CopyTo(_networkInput.Int8());
            _frames.Advance();
            Network.Invoke();
            Decision = _decisionMaker.Decide(_taken);
            Decided = true;
        }
    }

    private void MakeFeatures()
    {
        if (FrontEnd == null)
        {
            Rescale(_samples.Data);
            return;
        }

        _samples.Bytes.CopyTo(_frontEndInput.Int8());
        FrontEnd.Invoke();
        Rescale(_frontEndOutput);
    }

    /// <summary>Features in the units of the network's input.</summary>
    private void Rescale(TensorData source)
    {
        if (!_signal.IsRescaled)
        {
            source.Int8().CopyTo(_features.Int8());
            return;
        }

        bool isWide = _inputType == ElementType.Int16;
        int minimum = isWide ? short.MinValue : sbyte.MinValue;
        int maximum = isWide ? short.MaxValue : sbyte.MaxValue;
        for (int i = 0; i < _signal.FrameFeatures; i++)
        {
            int feature = (_featureType == ElementType.Int16 ? source.Int16()[i] : source.Int8()[i]) - _signal.FeatureZeroPoint;
            int scaled = Requantization.MultiplyByQuantizedMultiplier(feature, _signal.Multiplier, _signal.Shift);
            int value = FixedPoint.Clamp(FixedPoint.SaturatingAdd(scaled, _signal.InputZeroPoint), minimum, maximum);
            if (isWide)
            {
                Int16Vector wide = _features.Int16();
                wide[i] = (short)value;
            }
            else
            {
                Int8Vector narrow = _features.Int8();
                narrow[i] = (sbyte)value;
            }
        }
    }

    private static ElementType CheckFrontEnd(Network frontEnd, int frameElements, int frameFeatures)
    {
        Require("number of inputs of the front end", frontEnd.InputCount, 1);
        Require("number of outputs of the front end", frontEnd.OutputCount, 1);
        TensorDescription input = frontEnd.DescribeInput(0);
        if (input.Type != ElementType.Int16)
        {
            throw new ModelFormatException("The front end's input has element type " + ((int)input.Type).ToString() + "; needed is 3 (int16).");
        }

        Require("number of elements of the front end's input", input.ByteLength / 2, frameElements);
        TensorDescription output = frontEnd.DescribeOutput(0);
        RequireFeatures(output.Type, "front end's output");
        Require("number of elements of the front end's output", output.ByteLength / TensorTable.BytesOf(output.Type), frameFeatures);
        return output.Type;
    }

    private static void Require(string field, int found, int needed)
    {
        if (found != needed)
        {
            throw ModelFile.Error(field, found, needed, needed);
        }
    }

    private static void RequireFeatures(ElementType type, string tensor)
    {
        if (type != ElementType.Int8 && type != ElementType.Int16)
        {
            throw new ModelFormatException("The " + tensor + " has element type " + ((int)type).ToString() + "; allowed is 1 (int8) and 3 (int16).");
        }
    }
}
