namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>How a version of a network is executed.</summary>
internal enum SubjectForm
{
    /// <summary>With real numbers throughout.</summary>
    Float,

    /// <summary>With real numbers that are moved to what quantized tensors can hold.</summary>
    Simulated,

    /// <summary>With integers, as on the device.</summary>
    Packed,
}
