using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Subjects;

namespace EdgeQuant.Converter.Evaluate;

/// <summary>Networks and samples that are to go together.</summary>
internal static class SubjectCheck
{
    /// <summary>Checks that two networks take and give the same.</summary>
    /// <exception cref="EvaluationException">Number or sizes of inputs or outputs differ.</exception>
    public static void RequireAlike(Subject first, Subject second)
    {
        RequireAlike("inputs", first, first.Inputs, second, second.Inputs);
        RequireAlike("outputs", first, first.Outputs, second, second.Outputs);
    }

    /// <summary>Checks that samples are what a network takes.</summary>
    /// <exception cref="EvaluationException">There are none, or inputs of another number or size.</exception>
    public static void RequireFit(Subject subject, SampleSet samples)
    {
        if (samples.Count == 0)
        {
            throw new EvaluationException($"There are no records in {samples.Source}.");
        }

        for (int record = 0; record < samples.Count; record++)
        {
            float[][] inputs = samples.Inputs[record];
            bool fits = inputs.Length == subject.Inputs.Count && !inputs.Where((input, i) => input.Length != subject.Inputs[i].ElementCount).Any();
            if (!fits)
            {
                throw new EvaluationException(
                    $"Record {record} of {samples.Source} has {string.Join(" + ", inputs.Select(input => input.Length))} values; {subject.Name} takes {string.Join(" and ", subject.Inputs)}.");
            }
        }
    }

    private static void RequireAlike(string what, Subject first, IReadOnlyList<SubjectTensor> own, Subject second, IReadOnlyList<SubjectTensor> other)
    {
        if (own.Count != other.Count || own.Zip(other).Any(pair => pair.First.ElementCount != pair.Second.ElementCount))
        {
            throw new EvaluationException($"The two networks are no versions of one: {first.Name} has the {what} {string.Join(" and ", own)}, {second.Name} {string.Join(" and ", other)}.");
        }
    }
}
