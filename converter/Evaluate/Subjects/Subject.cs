using EdgeQuant.Converter.Data;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>
/// A version of a network that samples can be run through: float, simulated, or packed. All take and give real numbers, so that versions can
/// be compared with each other.
/// </summary>
/// <param name="name">What to call it in messages and reports.</param>
/// <param name="form">How it is executed.</param>
internal abstract class Subject(string name, SubjectForm form)
{
    public string Name { get; } = name;

    public SubjectForm Form { get; } = form;

    public abstract IReadOnlyList<SubjectTensor> Inputs { get; }

    /// <summary>The same as samples have to fit them.</summary>
    public abstract IReadOnlyList<SampleInput> SampleInputs { get; }

    /// <summary>What targets and labels have to fit: the first output.</summary>
    public abstract SampleInput SampleOutput { get; }

    public abstract IReadOnlyList<SubjectTensor> Outputs { get; }

    /// <summary>What can be looked at between inputs and outputs, in the order in which it is written.</summary>
    public abstract IReadOnlyList<SubjectTensor> Inner { get; }

    /// <summary>True if the last operation that computes something is a softmax, so that outputs are probabilities of classes.</summary>
    public abstract bool EndsInSoftmax { get; }

    /// <summary>True if a record's results depend on the records before it.</summary>
    public abstract bool HasState { get; }

    /// <summary>Memory to run one record at a time in one thread.</summary>
    /// <param name="observed">True to be able to look at <see cref="Inner"/> too.</param>
    public abstract SubjectRun NewRun(bool observed);

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }
}
