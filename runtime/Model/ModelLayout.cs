namespace EdgeQuant.Runtime.Model;

/// <summary>
/// Every constant of the <c>.eqm</c> layout. <c>Model/README.md</c> is the specification; a test compares it with this class.
/// </summary>
/// <remarks>All integers are little endian. Offsets of sections count from the start of the file.</remarks>
internal static class ModelLayout
{
    /// <summary>The first four bytes of every file: "EQM" and 0x1A, which stops a text viewer.</summary>
    internal const int Magic = 0x1A4D5145;

    /// <summary>A reader refuses a file with another major version.</summary>
    internal const int MajorVersion = 1;

    /// <summary>A reader accepts a file with a minor version up to its own; a writer writes the lowest that has what is in the file.</summary>
    internal const int MinorVersion = 1;

    /// <summary>The first minor version with tensors that are encoded as <see cref="Model.TensorEncoding.Shared"/>.</summary>
    internal const int MinorVersionOfShared = 1;

    internal const int HeaderMagic = 0;
    internal const int HeaderMajorVersion = 4;
    internal const int HeaderMinorVersion = 6;
    internal const int HeaderLength = 8;
    internal const int HeaderChecksum = 12;

    /// <summary>The checksum covers everything from here to the end of the file.</summary>
    internal const int HeaderChecksummed = 16;

    internal const int HeaderArenaBytes = 16;
    internal const int HeaderStateBytes = 20;
    internal const int HeaderSectionCount = 24;
    internal const int HeaderRounding = 26;
    internal const int HeaderReserved = 27;
    internal const int HeaderBytes = 28;

    internal const int SectionKind = 0;
    internal const int SectionOffset = 4;
    internal const int SectionLength = 8;
    internal const int SectionEntryBytes = 12;
    internal const int SectionAlignment = 16;
    internal const int MaximumSections = 16;

    internal const int TensorCount = 0;
    internal const int TensorRecords = 4;

    internal const int TensorType = 0;
    internal const int TensorRank = 1;
    internal const int TensorStorage = 2;
    internal const int TensorEncoding = 3;
    internal const int TensorOffset = 4;
    internal const int TensorLength = 8;
    internal const int TensorDimensions = 12;
    internal const int TensorBuffer = 14;
    internal const int TensorZeroPoint = 16;
    internal const int TensorScale = 20;
    internal const int TensorRecordBytes = 24;
    internal const int MaximumRank = 8;
    internal const int MaximumTensors = 65535;

    /// <summary>The most buffers that the arena may be planned in.</summary>
    internal const int MaximumBuffers = 4096;

    /// <summary>What a tensor's bytes start with where its elements share values.</summary>
    internal const int SharedBits = 0;

    /// <summary>The number of entries of a codebook minus 1.</summary>
    internal const int SharedLastEntry = 1;

    internal const int SharedCodebooks = 2;
    internal const int SharedData = 4;

    internal const int OperatorCount = 0;
    internal const int OperatorRecords = 4;

    internal const int OperatorKindField = 0;
    internal const int OperatorInputs = 2;
    internal const int OperatorOutputs = 3;
    internal const int OperatorScratch = 4;
    internal const int OperatorReserved = 5;
    internal const int OperatorAttributes = 6;
    internal const int OperatorOperands = 8;

    /// <summary>An operand that is absent (no bias, say).</summary>
    internal const int NoTensor = 65535;

    internal const int BoundaryInputs = 0;
    internal const int BoundaryOutputs = 2;
    internal const int BoundaryTensors = 4;

    internal const int StateCount = 0;
    internal const int StateRecords = 4;

    internal const int StateOffset = 0;
    internal const int StateLength = 4;
    internal const int StateConstant = 8;
    internal const int StateFill = 12;
    internal const int StateRecordBytes = 16;

    /// <summary>In <see cref="StateConstant"/>: the state starts as <see cref="StateFill"/> in every byte.</summary>
    internal const int StateIsFilled = -1;

    internal const int SelfTestSeed = 0;
    internal const int SelfTestRecords = 4;
    internal const int SelfTestForm = 6;
    internal const int SelfTestData = 8;

    /// <summary>Bit of the form: the inputs stand in the file; otherwise they come from the seed.</summary>
    internal const int SelfTestLiteralInputs = 1;

    /// <summary>Bit of the form: the outputs stand in the file; otherwise their CRC-32C, one for each record.</summary>
    internal const int SelfTestLiteralOutputs = 2;

    internal const int SignalSampleRate = 0;
    internal const int SignalChannelCount = 4;
    internal const int SignalForm = 6;
    internal const int SignalFrameSamples = 8;
    internal const int SignalHopSamples = 12;
    internal const int SignalFrameFeatures = 16;
    internal const int SignalFrames = 20;
    internal const int SignalHopFrames = 24;
    internal const int SignalNetworkOffset = 28;
    internal const int SignalNetworkLength = 32;
    internal const int SignalMultiplier = 36;
    internal const int SignalShift = 40;
    internal const int SignalFeatureZeroPoint = 44;
    internal const int SignalInputZeroPoint = 48;
    internal const int SignalChannels = 52;

    internal const int SignalChannelScale = 0;
    internal const int SignalChannelUnit = 4;
    internal const int SignalChannelBytes = 8;
    internal const int MaximumSignalChannels = 64;

    /// <summary>The most samples of a frame, over all channels, and the most features of a network's input.</summary>
    internal const int MaximumSignalElements = 1048576;

    internal const int DecisionLabelCount = 0;
    internal const int DecisionOutput = 2;
    internal const int DecisionAverage = 4;
    internal const int DecisionVotes = 8;
    internal const int DecisionVotesNeeded = 12;
    internal const int DecisionSuppression = 16;
    internal const int DecisionZeroPoint = 20;
    internal const int DecisionMultiplier = 24;
    internal const int DecisionShift = 28;
    internal const int DecisionLabels = 32;

    internal const int DecisionTextOffset = 0;
    internal const int DecisionTextLength = 4;
    internal const int DecisionThreshold = 8;
    internal const int DecisionRelease = 12;
    internal const int DecisionFlags = 16;
    internal const int DecisionLabelBytes = 20;
    internal const int MaximumLabels = 4096;

    /// <summary>The most scores that are averaged, and the most votes that are counted.</summary>
    internal const int MaximumDecisionWindow = 256;

    /// <summary>The score that stands for 1.</summary>
    internal const int FullScore = 32768;
}
