namespace EdgeQuant.Runtime.Operators;

/// <summary>Statistics of samples. The numbers stand in files.</summary>
internal enum SampleStatistic
{
    Mean = 0,
    Variance = 1,
    Deviation = 2,
    PeakToPeak = 3,
    ZeroCrossings = 4,
}
