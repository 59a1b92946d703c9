namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>A network at work in one thread.</summary>
internal abstract class SubjectRun
{
    /// <summary>Runs a record.</summary>
    /// <param name="inputs">The values of each input.</param>
    public abstract void Run(float[][] inputs);

    /// <summary>The values of an output, valid until the next record.</summary>
    public abstract ReadOnlySpan<float> Output(int index);

    /// <summary>The values of a tensor of <see cref="Subject.Inner"/>, valid until the next record.</summary>
    public abstract ReadOnlySpan<float> Inner(int index);

    /// <summary>Puts the network's state back to what it starts with.</summary>
    public abstract void Reset();
}
