using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Subjects;

namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>Which metric suits a network and what is known of its samples.</summary>
internal static class MetricChoice
{
    /// <summary>
    /// The metric that suits: with targets regression; with labels the area under the curve where the network reproduces its input or gives a
    /// single score, accuracy otherwise. Null where neither is known.
    /// </summary>
    public static Metric? Of(Subject subject, SampleSet samples)
    {
        if (samples.Targets is not null)
        {
            return Metric.Regression;
        }

        if (samples.Labels is null)
        {
            return null;
        }

        return OutputKinds.Of(subject) == OutputKind.Reconstruction || subject.Outputs[0].ElementCount == 1 ? Metric.Auc : Metric.Accuracy;
    }

    /// <summary>Checks that a metric can be computed.</summary>
    /// <exception cref="EvaluationException">Labels or targets are missing, of the wrong number, or out of range; the message says which.</exception>
    public static void Require(Metric metric, Subject subject, SampleSet samples)
    {
        SubjectTensor output = subject.Outputs[0];
        switch (metric)
        {
            case Metric.Regression:
                RequireTargets(samples, output);
                break;
            case Metric.Auc:
                RequireLabels(samples, 2, "abnormal is 1 and normal 0");
                RequireBoth(samples);
                if (output.ElementCount != 1 && !OutputKinds.CanReconstruct(subject))
                {
                    throw new EvaluationException(
                        $"An area under the curve needs one score for each record: an output of one value, or one of the input's shape. Output {output} is neither; input 0 is {subject.Inputs[0]}.");
                }

                break;
            default:
                int classes = output.Shape.Length == 0 ? 1 : output.Shape[^1];
                if (classes != output.ElementCount || classes < 2)
                {
                    throw new EvaluationException($"Accuracy needs one row of scores for each record, one score for each class. Output {output} is none.");
                }

                RequireLabels(samples, classes, $"the network tells {classes} classes");
                break;
        }
    }

    private static void RequireLabels(SampleSet samples, int classes, string why)
    {
        int[] labels = samples.Labels ?? throw new EvaluationException($"The labels of {samples.Source} are not known: give them with --labels.");
        RequireCount("labels", labels.Length, samples);
        int wrong = Array.FindIndex(labels, label => label < 0 || label >= classes);
        if (wrong >= 0)
        {
            throw new EvaluationException($"Label {wrong} of {samples.Source} is {labels[wrong]}; allowed are 0 to {classes - 1}, because {why}.");
        }
    }

    private static void RequireBoth(SampleSet samples)
    {
        int[] seen = [.. samples.Labels!.Distinct()];
        if (seen.Length < 2)
        {
            throw new EvaluationException($"All labels of {samples.Source} are {seen[0]}: an area under the curve needs both normal (0) and abnormal (1) records.");
        }
    }

    private static void RequireTargets(SampleSet samples, SubjectTensor output)
    {
        float[][] targets = samples.Targets ?? throw new EvaluationException($"What should come out for {samples.Source} is not known: give it with --targets.");
        RequireCount("targets", targets.Length, samples);
        int wrong = Array.FindIndex(targets, target => target.Length != output.ElementCount);
        if (wrong >= 0)
        {
            throw new EvaluationException($"Target {wrong} of {samples.Source} has {targets[wrong].Length} values; output {output} has {output.ElementCount}.");
        }
    }

    private static void RequireCount(string what, int count, SampleSet samples)
    {
        if (count != samples.Count)
        {
            throw new EvaluationException($"There are {count} {what} and {samples.Count} records in {samples.Source}; they must be as many.");
        }
    }
}
