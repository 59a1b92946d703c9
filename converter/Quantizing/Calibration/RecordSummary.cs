namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>What is kept of one record until the records before it are done, so that sums are added in their order.</summary>
/// <param name="Values">For each tensor its values in short.</param>
/// <param name="ChannelSums">For each tensor the sum of each channel.</param>
internal sealed record RecordSummary(RecordValues[] Values, double[][] ChannelSums);
