namespace EdgeQuant.Converter.Signal;

/// <summary>What a frame of one channel becomes, in the units that the README says.</summary>
internal enum StatisticKind
{
    Mean,
    Variance,
    Deviation,
    PeakToPeak,
    ZeroCrossings,
    BandAmplitudes,
}
