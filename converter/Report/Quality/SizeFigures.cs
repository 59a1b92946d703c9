namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What a network takes.</summary>
/// <param name="SourceBytes">The length of the source file.</param>
/// <param name="FileBytes">The length of the <c>.eqm</c> file.</param>
/// <param name="StateBytes">What the network remembers from one inference to the next.</param>
/// <param name="LoadBytes">Everything that the runtime allocates when it loads the file, arena and state included; measured.</param>
/// <param name="Macs">Multiplications that are accumulated in one inference.</param>
/// <param name="SourceOperators">Operators in the source.</param>
/// <param name="SelfTestRecords">Records with their outputs in the file; all of them were run and gave the right bytes.</param>
/// <param name="Sections">The sections of the file.</param>
internal sealed record SizeFigures(
    long SourceBytes,
    long FileBytes,
    long StateBytes,
    long LoadBytes,
    long Macs,
    int SourceOperators,
    int SelfTestRecords,
    IReadOnlyList<SectionReport> Sections);
