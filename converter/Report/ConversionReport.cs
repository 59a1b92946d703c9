using EdgeQuant.Converter.Boards;
namespace EdgeQuant.Converter.Report;

/// <summary>What a conversion achieved.</summary>
/// <param name="SourceBytes">The length of the source file.</param>
/// <param name="FileBytes">The length of the <c>.eqm</c> file.</param>
/// <param name="ArenaBytes">The planned size of the arena.</param>
/// <param name="ArenaLowerBound">The largest set of tensors alive at once: no plan can be smaller.</param>
/// <param name="InPlaceOperators">Operators that write over their input.</param>
/// <param name="StateBytes">What the network remembers from one inference to the next.</param>
/// <param name="LoadBytes">Everything that the runtime allocates when it loads the file, arena and state included; measured.</param>
/// <param name="SourceOperators">Operators in the source.</param>
/// <param name="Operators">Operators that the device executes.</param>
/// <param name="HostOperators">Operators that the host executes before and after.</param>
/// <param name="Macs">Multiplications that are accumulated in one inference.</param>
/// <param name="SelfTestRecords">Self-test records in the file; all of them were run and gave the right bytes.</param>
/// <param name="Passes">The passes over the graph, in their order.</param>
/// <param name="Warnings">What a person should know.</param>
internal sealed record ConversionReport(
    int SourceBytes,
    int FileBytes,
    int ArenaBytes,
    int ArenaLowerBound,
    int InPlaceOperators,
    int StateBytes,
    long LoadBytes,
    int SourceOperators,
    int Operators,
    int HostOperators,
    long Macs,
    int SelfTestRecords,
    IReadOnlyList<PassReport> Passes,
    IReadOnlyList<string> Warnings)
{
    /// <summary>How the network was quantized, and what it kept; null if it came quantized.</summary>
    public QuantizationSummary? Quantization { get; init; }

    /// <summary>How it fits the board that it is for; null if no board was named.</summary>
    public BoardFit? Board { get; init; }
}
