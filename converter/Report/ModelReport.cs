using System.Text.Json;

namespace EdgeQuant.Converter.Report;

/// <summary>Everything that a model file says about itself.</summary>
/// <param name="FormatVersion">Major and minor version of the file format.</param>
/// <param name="FileBytes">The length of the file.</param>
/// <param name="ArenaBytes">The size of the arena.</param>
/// <param name="StateBytes">What the network remembers from one inference to the next.</param>
/// <param name="LoadBytes">Everything that the runtime allocates when it loads the file with the best kernels, arena and state included; measured.</param>
/// <param name="SelfTestRecords">The number of self-test records.</param>
/// <param name="Macs">Multiplications that are accumulated in one inference.</param>
/// <param name="Sections">The sections in the order of the file.</param>
/// <param name="Inputs">What the host writes.</param>
/// <param name="Outputs">What the host reads.</param>
/// <param name="Operators">The operators in the order of execution.</param>
/// <param name="Buffers">The plan of the arena, by offset.</param>
/// <param name="ModelCard">The model card; null if there is none.</param>
internal sealed record ModelReport(
    string FormatVersion,
    int FileBytes,
    int ArenaBytes,
    int StateBytes,
    long LoadBytes,
    int SelfTestRecords,
    long Macs,
    IReadOnlyList<SectionReport> Sections,
    IReadOnlyList<TensorReport> Inputs,
    IReadOnlyList<TensorReport> Outputs,
    IReadOnlyList<OperatorReport> Operators,
    IReadOnlyList<BufferReport> Buffers,
    JsonElement? ModelCard)
{
    /// <summary>From samples to labels; null if the file is a network alone.</summary>
    public PipelineReport? Pipeline { get; init; }

    /// <summary>What each kernel set of this machine takes beside the file, best first.</summary>
    public IReadOnlyList<MemoryReport> Memory { get; init; } = [];
}
