using System.Globalization;
using System.Text.RegularExpressions;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Documentation;

/// <summary>The specification of the file format says what the code does.</summary>
public sealed partial class SpecificationTests
{
    private static readonly string s_specification = File.ReadAllText(Path.Combine(Repository.Root, "runtime", "Model", "README.md"));

    [Theory]
    [InlineData("Header", ModelLayout.HeaderMagic, "magic")]
    [InlineData("Header", ModelLayout.HeaderMajorVersion, "major version")]
    [InlineData("Header", ModelLayout.HeaderMinorVersion, "minor version")]
    [InlineData("Header", ModelLayout.HeaderLength, "length of the whole file")]
    [InlineData("Header", ModelLayout.HeaderChecksum, "CRC-32C")]
    [InlineData("Header", ModelLayout.HeaderArenaBytes, "arena bytes")]
    [InlineData("Header", ModelLayout.HeaderStateBytes, "state bytes")]
    [InlineData("Header", ModelLayout.HeaderSectionCount, "number of sections")]
    [InlineData("Header", ModelLayout.HeaderRounding, "rounding mode")]
    [InlineData("Header", ModelLayout.HeaderReserved, "reserved")]
    [InlineData("Header", ModelLayout.SectionKind, "kind")]
    [InlineData("Header", ModelLayout.SectionOffset, "offset")]
    [InlineData("Header", ModelLayout.SectionLength, "length in bytes")]
    [InlineData("Tensors", ModelLayout.TensorType, "element type")]
    [InlineData("Tensors", ModelLayout.TensorRank, "rank")]
    [InlineData("Tensors", ModelLayout.TensorStorage, "storage")]
    [InlineData("Tensors", ModelLayout.TensorEncoding, "encoding")]
    [InlineData("Tensors", ModelLayout.TensorOffset, "offset of its first byte")]
    [InlineData("Tensors", ModelLayout.TensorLength, "length in bytes")]
    [InlineData("Tensors", ModelLayout.TensorDimensions, "entry of the pool")]
    [InlineData("Tensors", ModelLayout.TensorBuffer, "buffer")]
    [InlineData("Tensors", ModelLayout.TensorZeroPoint, "zero point")]
    [InlineData("Tensors", ModelLayout.TensorScale, "scale")]
    [InlineData("Tensors", ModelLayout.SharedBits, "bits of an index")]
    [InlineData("Tensors", ModelLayout.SharedLastEntry, "entries of a codebook")]
    [InlineData("Tensors", ModelLayout.SharedCodebooks, "number of codebooks")]
    [InlineData("Tensors", ModelLayout.SharedData, "codebooks one after the other")]
    [InlineData("Operators", ModelLayout.OperatorKindField, "kind")]
    [InlineData("Operators", ModelLayout.OperatorInputs, "number of inputs")]
    [InlineData("Operators", ModelLayout.OperatorOutputs, "number of outputs")]
    [InlineData("Operators", ModelLayout.OperatorScratch, "number of scratch")]
    [InlineData("Operators", ModelLayout.OperatorReserved, "reserved")]
    [InlineData("Operators", ModelLayout.OperatorAttributes, "number of attributes")]
    [InlineData("Operators", ModelLayout.OperatorOperands, "tensor of each input")]
    [InlineData("State", ModelLayout.StateOffset, "offset in the state")]
    [InlineData("State", ModelLayout.StateLength, "length in bytes")]
    [InlineData("State", ModelLayout.StateConstant, "offset in the constants")]
    [InlineData("State", ModelLayout.StateFill, "fill")]
    [InlineData("Self-test", ModelLayout.SelfTestSeed, "seed")]
    [InlineData("Self-test", ModelLayout.SelfTestRecords, "number of records")]
    [InlineData("Self-test", ModelLayout.SelfTestForm, "form")]
    [InlineData("Self-test", ModelLayout.SelfTestData, "for each record")]
    [InlineData("Signal", ModelLayout.SignalSampleRate, "sample rate")]
    [InlineData("Signal", ModelLayout.SignalChannelCount, "number of channels")]
    [InlineData("Signal", ModelLayout.SignalForm, "form")]
    [InlineData("Signal", ModelLayout.SignalFrameSamples, "samples of a frame")]
    [InlineData("Signal", ModelLayout.SignalHopSamples, "hop in samples")]
    [InlineData("Signal", ModelLayout.SignalFrameFeatures, "features of a frame")]
    [InlineData("Signal", ModelLayout.SignalFrames, "frames of an input")]
    [InlineData("Signal", ModelLayout.SignalHopFrames, "hop in frames")]
    [InlineData("Signal", ModelLayout.SignalNetworkOffset, "start of the front end")]
    [InlineData("Signal", ModelLayout.SignalNetworkLength, "length of the front end")]
    [InlineData("Signal", ModelLayout.SignalMultiplier, "multiplier")]
    [InlineData("Signal", ModelLayout.SignalShift, "shift")]
    [InlineData("Signal", ModelLayout.SignalFeatureZeroPoint, "zero point of the features")]
    [InlineData("Signal", ModelLayout.SignalInputZeroPoint, "zero point of the input")]
    [InlineData("Signal", ModelLayout.SignalChannels, "channels, 8 bytes")]
    [InlineData("Signal", ModelLayout.SignalChannelScale, "value of a count")]
    [InlineData("Signal", ModelLayout.SignalChannelUnit, "unit")]
    [InlineData("Decision", ModelLayout.DecisionLabelCount, "number of labels")]
    [InlineData("Decision", ModelLayout.DecisionOutput, "output")]
    [InlineData("Decision", ModelLayout.DecisionAverage, "scores that are averaged")]
    [InlineData("Decision", ModelLayout.DecisionVotes, "votes")]
    [InlineData("Decision", ModelLayout.DecisionVotesNeeded, "needed votes")]
    [InlineData("Decision", ModelLayout.DecisionSuppression, "suppression")]
    [InlineData("Decision", ModelLayout.DecisionZeroPoint, "zero point")]
    [InlineData("Decision", ModelLayout.DecisionMultiplier, "multiplier")]
    [InlineData("Decision", ModelLayout.DecisionShift, "shift")]
    [InlineData("Decision", ModelLayout.DecisionLabels, "labels, 20 bytes")]
    [InlineData("Decision", ModelLayout.DecisionTextOffset, "start of the text")]
    [InlineData("Decision", ModelLayout.DecisionTextLength, "length of the text")]
    [InlineData("Decision", ModelLayout.DecisionThreshold, "threshold")]
    [InlineData("Decision", ModelLayout.DecisionRelease, "release threshold")]
    [InlineData("Decision", ModelLayout.DecisionFlags, "flags")]
    public void A_field_stands_where_the_code_reads_it(string chapter, int offset, string field)
    {
        string pattern = $@"^\| {offset.ToString(CultureInfo.InvariantCulture)} \|[^|]*\| {Regex.Escape(field)}";
        Assert.Matches(new Regex(pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(1)), Chapter(chapter));
    }

    [Theory]
    [InlineData("Header", "0x1A4D5145", ModelLayout.Magic)]
    [InlineData("Header", "1 to 16", ModelLayout.MaximumSections)]
    [InlineData("Header", "a multiple of 16", ModelLayout.SectionAlignment)]
    [InlineData("Header", "at byte 28", ModelLayout.HeaderBytes)]
    [InlineData("Header", "12 bytes for each section", ModelLayout.SectionEntryBytes)]
    [InlineData("Header", "| 6 | u16 | minor version | 0 or 1", ModelLayout.MinorVersion)]
    [InlineData("Tensors", "from minor version 1", ModelLayout.MinorVersionOfShared)]
    [InlineData("Tensors", "2 shared", (int)TensorEncoding.Shared)]
    [InlineData("Tensors", "1 packed int4", (int)TensorEncoding.PackedInt4)]
    [InlineData("Tensors", "24 bytes for each tensor", ModelLayout.TensorRecordBytes)]
    [InlineData("Tensors", "0 to 8", ModelLayout.MaximumRank)]
    [InlineData("Tensors", "at most 65535", ModelLayout.MaximumTensors)]
    [InlineData("Tensors", "below 4096", ModelLayout.MaximumBuffers)]
    [InlineData("Operators", "65535 for an input that is absent", ModelLayout.NoTensor)]
    [InlineData("State", "16 bytes for each piece", ModelLayout.StateRecordBytes)]
    [InlineData("Signal", "1 to 64", ModelLayout.MaximumSignalChannels)]
    [InlineData("Signal", "1 to 1048576", ModelLayout.MaximumSignalElements)]
    [InlineData("Signal", "channels, 8 bytes each", ModelLayout.SignalChannelBytes)]
    [InlineData("Decision", "1 to 4096", ModelLayout.MaximumLabels)]
    [InlineData("Decision", "1 to 256", ModelLayout.MaximumDecisionWindow)]
    [InlineData("Decision", "labels, 20 bytes each", ModelLayout.DecisionLabelBytes)]
    [InlineData("Decision", "0 to 32768", ModelLayout.FullScore)]
    public void A_number_is_the_code_s(string chapter, string text, int value)
    {
        Assert.Contains(text, string.Join(' ', Chapter(chapter).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        int[] numbers = [.. Number().Matches(text).Select(match => match.Value.StartsWith("0x", StringComparison.Ordinal)
            ? int.Parse(match.Value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : int.Parse(match.Value, CultureInfo.InvariantCulture))];
        Assert.Contains(value, numbers);
    }

    [Fact]
    public void Every_kind_of_section_is_described()
    {
        foreach (SectionKind kind in Enum.GetValues<SectionKind>())
        {
            Assert.Matches(new Regex($@"^\| {(int)kind} \| ", RegexOptions.Multiline, TimeSpan.FromSeconds(1)), Chapter("Header"));
        }
    }

    [Fact]
    public void Every_operator_is_described_in_the_words_of_its_source()
    {
        List<string> missing = [];
        foreach (OperatorKind kind in Enum.GetValues<OperatorKind>())
        {
            string expected = $"### {(int)kind} {kind} {Description(kind)}";
            if (!Normalized(s_specification).Contains(Normalized(expected), StringComparison.Ordinal))
            {
                missing.Add(expected);
            }
        }

        Assert.True(missing.Count == 0, "runtime/Model/README.md lacks, or has in other words:\n\n" + string.Join("\n\n", missing));
    }

    [Fact]
    public void Every_operator_has_a_name_of_its_own()
    {
        foreach (OperatorKind kind in Enum.GetValues<OperatorKind>())
        {
            Assert.Equal(kind.ToString(), OperatorKinds.NameOf(kind));
        }
    }

    /// <summary>The summary and remarks in an operator's source, without markup.</summary>
    private static string Description(OperatorKind kind)
    {
        string table = File.ReadAllText(Path.Combine(Repository.Root, "runtime", "Operators", "OperatorKinds.cs"));
        Match creation = Regex.Match(table, $@"case OperatorKind\.{kind}: return new (?<type>\w+)\(", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.True(creation.Success, $"OperatorKinds.Create has no line for {kind}");
        string source = File.ReadAllText(Path.Combine(Repository.Root, "runtime", "Operators", creation.Groups["type"].Value + ".cs"));
        string comments = string.Join(' ', source.Split('\n')
            .SkipWhile(line => !line.StartsWith("///", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith("///", StringComparison.Ordinal))
            .Select(line => line[3..].Trim()));
        string plain = Regex.Replace(comments, @"<see cref=""(\w+\.)*(?<name>\w+)(\([^""]*\))?""\s*/>|<paramref name=""(?<name>\w+)""\s*/>", "`${name}`", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        plain = Regex.Replace(plain, "</?c>", "`", RegexOptions.None, TimeSpan.FromSeconds(1));
        return System.Net.WebUtility.HtmlDecode(Regex.Replace(plain, "<[^>]*>", " ", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    private static string Normalized(string text)
    {
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Chapter(string title)
    {
        int start = s_specification.IndexOf($"\n## {title}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"the specification has no chapter '{title}'");
        int end = s_specification.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? s_specification[start..] : s_specification[start..end];
    }

    [GeneratedRegex("0x[0-9A-Fa-f]+|[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
