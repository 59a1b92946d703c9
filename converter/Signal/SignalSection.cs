using System.Globalization;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Signal;

/// <summary>Writes the signal section of a file: a front end in the terms of the network that it feeds.</summary>
internal static class SignalSection
{
    private const int RawBits = 16;

    /// <summary>Checks that a front end fits a network, and writes it.</summary>
    /// <param name="frontEnd">The front end.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="nested">The packed network that makes features; null for raw samples.</param>
    /// <param name="network">The network that they feed.</param>
    /// <exception cref="SignalException">The two do not fit.</exception>
    public static byte[] Write(FrontEnd frontEnd, string source, byte[]? nested, Network network)
    {
        int channels = frontEnd.Channels.Count;
        if (network.InputCount != 1)
        {
            throw new SignalException(source, $"The network has {network.InputCount} inputs; a front end feeds a network with one.");
        }

        TensorDescription input = network.DescribeInput(0);
        if (input.Type is not (ElementType.Int8 or ElementType.Int16))
        {
            throw new SignalException(source, $"The network's input holds {input.Type}; a front end feeds Int8 or Int16.");
        }

        (int frameSamples, int features, ElementType type, double scale, int zeroPoint) = nested is null
            ? (1, channels, ElementType.Int16, RawScale(frontEnd, source, input), 0)
            : OfNetwork(source, Network.Load(nested), channels);
        int elements = input.ByteLength / TensorTable.BytesOf(input.Type);
        if (elements % features != 0)
        {
            throw new SignalException(
                source, $"The network's input [{string.Join(", ", input.Shape)}] has {elements} elements, which are no whole frames of {features} features. Change the channels or the features.");
        }

        double inputScale = BitConverter.Int32BitsToSingle(input.ScaleBits);
        bool isSame = type == input.Type && ((scale == inputScale && zeroPoint == input.ZeroPoint) || scale == 0 || inputScale == 0);
        if (!isSame && !(scale > 0 && inputScale > 0))
        {
            throw new SignalException(
                source, $"The features are {type} with scale {Text(scale)}, the network's input is {input.Type} with scale {Text(inputScale)}: without both scales nothing says how the one becomes the other.");
        }

        QuantizedMultiplier multiplier = isSame ? default : QuantizedMultiplier.From(scale / inputScale);
        int stride = frontEnd.Stride ?? (elements / features);
        ByteWriter writer = new();
        writer.Int32((int)Math.Round(frontEnd.SampleRate * 1000));
        writer.UInt16(channels);
        writer.UInt16(isSame ? 0 : 1);
        writer.Int32(frameSamples);
        writer.Int32(nested is null ? 1 : frontEnd.HopSamples ?? frameSamples);
        writer.Int32(features);
        writer.Int32(elements / features);
        writer.Int32(stride);
        int end = ModelLayout.SignalChannels + (channels * ModelLayout.SignalChannelBytes);
        writer.Int32(nested is null ? 0 : (end + ModelLayout.SectionAlignment - 1) / ModelLayout.SectionAlignment * ModelLayout.SectionAlignment);
        writer.Int32(nested?.Length ?? 0);
        writer.Int32(multiplier.Multiplier);
        writer.Int32(multiplier.Shift);
        writer.Int32(isSame ? 0 : zeroPoint);
        writer.Int32(isSame ? 0 : input.ZeroPoint);
        foreach (FrontEndChannel channel in frontEnd.Channels)
        {
            writer.Int32(BitConverter.SingleToInt32Bits((float)channel.PerCount));
            writer.UInt16((int)channel.Unit);
            writer.UInt16(0);
        }

        if (nested is not null)
        {
            writer.Align(ModelLayout.SectionAlignment);
            writer.Bytes(nested);
        }

        return writer.ToArray();
    }

    /// <summary>What a count is in the unit that the network was trained with: one scale for all channels, since one rescaling serves all.</summary>
    private static double RawScale(FrontEnd frontEnd, string source, TensorDescription input)
    {
        double[] scales = [.. frontEnd.Channels.Select(channel => channel.PerCount).Distinct()];
        return scales.Length == 1
            ? scales[0]
            : throw new SignalException(
                source, $"The channels have the perCount {string.Join(", ", scales.Select(Text))}; raw samples of one input [{string.Join(", ", input.Shape)}] need the same, or a {RawBits}-bit sensor range that makes them so.");
    }

    private static (int FrameSamples, int Features, ElementType Type, double Scale, int ZeroPoint) OfNetwork(string source, Network nested, int channels)
    {
        if (nested.InputCount != 1 || nested.OutputCount != 1 || nested.DescribeInput(0).Type != ElementType.Int16 || nested.DescribeOutput(0).Type is not (ElementType.Int8 or ElementType.Int16))
        {
            throw new SignalException(source, "The front end's network must have one input of Int16 and one output of Int8 or Int16.");
        }

        TensorDescription input = nested.DescribeInput(0);
        TensorDescription output = nested.DescribeOutput(0);
        int numbers = input.ByteLength / TensorTable.BytesOf(input.Type);
        return numbers % channels == 0
            ? (numbers / channels, output.ByteLength / TensorTable.BytesOf(output.Type), output.Type, BitConverter.Int32BitsToSingle(output.ScaleBits), output.ZeroPoint)
            : throw new SignalException(source, $"The front end's network takes {numbers} numbers, which are no whole samples of {channels} channels.");
    }

    private static string Text(double value)
    {
        return value.ToString(CultureInfo.InvariantCulture);
    }
}
