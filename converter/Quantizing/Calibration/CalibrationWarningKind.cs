namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>What may be wrong with samples.</summary>
internal enum CalibrationWarningKind
{
    /// <summary>There are too few of them.</summary>
    FewSamples,

    /// <summary>Their second half still widens ranges.</summary>
    MovingRanges,

    /// <summary>An input's values do not fit its declared range.</summary>
    InputOffRange,

    /// <summary>Tensors have one value on all of them.</summary>
    ConstantTensors,

    /// <summary>Channels have one value on all of them.</summary>
    DeadChannels,

    /// <summary>Some classes do not occur.</summary>
    AbsentClasses,

    /// <summary>Some classes occur much more often than others.</summary>
    UnbalancedClasses,

    /// <summary>Few values reach far beyond all others.</summary>
    Outliers,
}
