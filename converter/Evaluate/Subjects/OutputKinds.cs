using EdgeQuant.Converter.Evaluate.Metrics;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>Tells what the first output of a network is.</summary>
internal static class OutputKinds
{
    /// <summary>
    /// What the network itself says: what a softmax makes are scores; an output of the first input's shape reproduces it; other rows of several
    /// values are scores; all else are values.
    /// </summary>
    public static OutputKind Of(Subject subject)
    {
        SubjectTensor output = subject.Outputs[0];
        if (CanReconstruct(subject) && !subject.EndsInSoftmax)
        {
            return OutputKind.Reconstruction;
        }

        return output.ElementCount > 1 && output.Shape[^1] == output.ElementCount ? OutputKind.Scores : OutputKind.Values;
    }

    /// <summary>What it is where somebody has said what is measured.</summary>
    public static OutputKind Of(Subject subject, Metric? metric)
    {
        return metric switch
        {
            Metric.Accuracy => OutputKind.Scores,
            Metric.Regression => OutputKind.Values,
            Metric.Auc => CanReconstruct(subject) ? OutputKind.Reconstruction : OutputKind.Values,
            _ => Of(subject),
        };
    }

    /// <summary>True if the first output has the first input's shape and more than one value, and so may be meant to reproduce it.</summary>
    public static bool CanReconstruct(Subject subject)
    {
        return subject.Inputs.Count > 0 && subject.Outputs[0].ElementCount > 1 && subject.Outputs[0].Shape.AsSpan().SequenceEqual(subject.Inputs[0].Shape);
    }
}
