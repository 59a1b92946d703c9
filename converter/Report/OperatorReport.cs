namespace EdgeQuant.Converter.Report;

/// <summary>An operator of a model file.</summary>
/// <param name="Index">Its position in the order of execution.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Inputs">What it reads; null where an optional operand is absent.</param>
/// <param name="Outputs">What it writes.</param>
/// <param name="Scratch">Arena memory that lives while it runs.</param>
/// <param name="Attributes">Its attributes, in the order in which it reads them.</param>
/// <param name="ConstantBytes">Bytes of the constants among its inputs; constants that operators share count for each.</param>
/// <param name="Macs">Multiplications that are accumulated in one run, those with padding included.</param>
internal sealed record OperatorReport(
    int Index,
    string Kind,
    IReadOnlyList<TensorReport?> Inputs,
    IReadOnlyList<TensorReport> Outputs,
    IReadOnlyList<TensorReport> Scratch,
    IReadOnlyList<AttributeReport> Attributes,
    int ConstantBytes,
    long Macs);
