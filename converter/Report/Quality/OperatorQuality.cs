namespace EdgeQuant.Converter.Report.Quality;

/// <summary>An operator, what it takes and what it loses.</summary>
/// <param name="Number">What it is called on the page: its position in the file, on the host h0, h1 and so on.</param>
/// <param name="Place">Who executes it.</param>
/// <param name="Kind">What it computes, as recipes name it.</param>
/// <param name="Name">The name of its first output, by which recipes find it.</param>
/// <param name="Source">Where it stood in the source file.</param>
/// <param name="DeviceKind">The runtime's operator that it became; null on the host.</param>
/// <param name="Inputs">Positions of the tensors that it reads, in their order; null where an optional one is absent.</param>
/// <param name="Outputs">Positions of the tensors that it writes.</param>
/// <param name="Weights">How its weights are held, in a few words; null if it has none.</param>
/// <param name="WeightBits">Bits of a weight; null if it has none.</param>
/// <param name="ActivationBits">Bits of an element of its output.</param>
/// <param name="ConstantBytes">Bytes of its constants in the file; what operators share counts for each.</param>
/// <param name="Macs">Multiplications that are accumulated in one run.</param>
/// <param name="Attributes">Its attributes: strides, paddings, the activation that was fused.</param>
/// <param name="Error">What its first output differs by from the float network's; null if not measured.</param>
internal sealed record OperatorQuality(
    string Number,
    OperatorPlace Place,
    string Kind,
    string Name,
    string Source,
    string? DeviceKind,
    IReadOnlyList<int?> Inputs,
    IReadOnlyList<int> Outputs,
    string? Weights,
    int? WeightBits,
    int ActivationBits,
    long ConstantBytes,
    long Macs,
    string Attributes,
    ErrorFigures? Error);
