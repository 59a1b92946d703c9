using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Signal;

/// <summary>The signal section: how samples become frames, frames become features, and features the network's input.</summary>
internal sealed class SignalSettings
{
    private readonly FileSection _section;

    /// <summary>Reads the section and checks every field by itself; what depends on the networks is checked by <see cref="Pipeline"/>.</summary>
    /// <exception cref="ModelFormatException">The section is absent, or a field is out of range.</exception>
    internal SignalSettings(ModelFile file)
    {
        if (!file.Has(SectionKind.Signal))
        {
            throw new ModelFormatException(
                "The file has no signal section, so it does not say how samples become its input. Convert the network with --front-end, or run it as a Network.");
        }

        _section = file.Require(SectionKind.Signal, "signal", ModelLayout.SignalChannels);
        SampleRate = Field(ModelLayout.SignalSampleRate, "sample rate", 1, int.MaxValue);
        Channels = _section.UInt16(ModelLayout.SignalChannelCount);
        Require("number of channels", Channels, 1, ModelLayout.MaximumSignalChannels);
        int form = _section.UInt16(ModelLayout.SignalForm);
        Require("form of the features", form, 0, 1);
        IsRescaled = form == 1;
        int most = ModelLayout.MaximumSignalElements / Channels;
        FrameSamples = Field(ModelLayout.SignalFrameSamples, "number of samples in a frame", 1, most);
        HopSamples = Field(ModelLayout.SignalHopSamples, "number of samples from a frame to the next", 1, most);
        FrameFeatures = Field(ModelLayout.SignalFrameFeatures, "number of features of a frame", 1, ModelLayout.MaximumSignalElements);
        Frames = Field(ModelLayout.SignalFrames, "number of frames", 1, ModelLayout.MaximumSignalElements / FrameFeatures);
        HopFrames = Field(ModelLayout.SignalHopFrames, "number of frames from an inference to the next", 1, int.MaxValue / HopSamples);
        NetworkOffset = Field(ModelLayout.SignalNetworkOffset, "offset of the front end", 0, _section.Length);
        NetworkLength = Field(ModelLayout.SignalNetworkLength, "length of the front end", 0, _section.Length - NetworkOffset);
        Multiplier = Field(ModelLayout.SignalMultiplier, "multiplier of the features", 0, int.MaxValue);
        Shift = Field(ModelLayout.SignalShift, "shift of the features", -31, 30);
        FeatureZeroPoint = Field(ModelLayout.SignalFeatureZeroPoint, "zero point of the features", short.MinValue, short.MaxValue);
        InputZeroPoint = Field(ModelLayout.SignalInputZeroPoint, "zero point of the input", short.MinValue, short.MaxValue);
        int end = ModelLayout.SignalChannels + (Channels * ModelLayout.SignalChannelBytes);
        Require("length of the signal section", _section.Length, end, int.MaxValue);
        if (NetworkLength > 0 && (NetworkOffset < end || NetworkOffset % ModelLayout.SectionAlignment != 0))
        {
            throw new ModelFormatException(
                "The front end starts at byte " + NetworkOffset.ToString() + " of the signal section; allowed is a multiple of " + ModelLayout.SectionAlignment.ToString()
                + " from " + end.ToString() + " on.");
        }

        for (int i = 0; i < Channels; i++)
        {
            Require("unit of a channel", Unit(i), 0, (int)SignalUnit.Relative);
        }
    }

    /// <summary>In thousandths of a hertz.</summary>
    internal int SampleRate { get; }

    internal int Channels { get; }

    internal int FrameSamples { get; }

    internal int HopSamples { get; }

    internal int FrameFeatures { get; }

    internal int Frames { get; }

    internal int HopFrames { get; }

    /// <summary>From the start of the section.</summary>
    internal int NetworkOffset { get; }

    /// <summary>0 if the features are the samples themselves.</summary>
    internal int NetworkLength { get; }

    /// <summary>True if features become inputs by multiplier, shift and zero points; false if they are inputs as they are.</summary>
    internal bool IsRescaled { get; }

    internal int Multiplier { get; }

    internal int Shift { get; }

    internal int FeatureZeroPoint { get; }

    internal int InputZeroPoint { get; }

    /// <summary>What a channel measures, a <see cref="SignalUnit"/>.</summary>
    internal int Unit(int channel)
    {
        return _section.UInt16(ModelLayout.SignalChannels + (channel * ModelLayout.SignalChannelBytes) + ModelLayout.SignalChannelUnit);
    }

    /// <summary>The bits of the float32 that a count of a channel stands for, in its unit.</summary>
    internal int ScaleBits(int channel)
    {
        return _section.Int32(ModelLayout.SignalChannels + (channel * ModelLayout.SignalChannelBytes) + ModelLayout.SignalChannelScale);
    }

    private static void Require(string field, int found, int minimum, int maximum)
    {
        if (found < minimum || found > maximum)
        {
            throw ModelFile.Error(field, found, minimum, maximum);
        }
    }

    private int Field(int offset, string name, int minimum, int maximum)
    {
        int value = _section.Int32(offset);
        Require(name, value, minimum, maximum);
        return value;
    }
}
