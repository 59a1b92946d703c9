using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Looks whether samples cover the classes that a network tells apart.</summary>
internal static class ClassCoverage
{
    /// <summary>A class with so many times as many samples as another is heavily over-represented.</summary>
    private const int Unbalanced = 10;

    private const int MostNamed = 16;

    /// <summary>What is wrong with the coverage of classes; nothing where labels or classes are not known.</summary>
    public static IEnumerable<CalibrationWarning> Of(NetworkGraph graph, SampleSet samples)
    {
        if (samples.Labels is not int[] labels || ClassesOf(graph) is not int classes)
        {
            return [];
        }

        int[] counts = Counts(labels, classes);
        return new[] { Absent(counts), Balance(counts) }.OfType<CalibrationWarning>();
    }

    /// <summary>How many samples each class has.</summary>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="classes">How many classes there are at least.</param>
    public static int[] Counts(int[] labels, int classes)
    {
        int[] counts = new int[Math.Max(classes, labels.Length == 0 ? 0 : labels.Max() + 1)];
        foreach (int label in labels)
        {
            counts[label]++;
        }

        return counts;
    }

    /// <summary>The number of classes: elements of the only output; null for an output that is as large as an input, which restores it.</summary>
    private static int? ClassesOf(NetworkGraph graph)
    {
        int elements = graph.Outputs.Count == 1 ? graph.Outputs[0].ElementCount : 0;
        return elements == 0 || graph.Inputs.Exists(input => input.ElementCount == elements) ? null : Math.Max(elements, 2);
    }

    private static CalibrationWarning? Absent(int[] counts)
    {
        int[] absent = [.. Enumerable.Range(0, counts.Length).Where(label => counts[label] == 0)];
        string more = absent.Length > MostNamed ? $" and {absent.Length - MostNamed} more" : "";
        return absent.Length == 0
            ? null
            : new CalibrationWarning(
                CalibrationWarningKind.AbsentClasses,
                $"No sample is of {(absent.Length == 1 ? "class" : "the classes")} {string.Join(", ", absent.Take(MostNamed))}{more} of {counts.Length}: what only {(absent.Length == 1 ? "it shows" : "they show")} may be clipped.", []);
    }

    private static CalibrationWarning? Balance(int[] counts)
    {
        int[] present = [.. Enumerable.Range(0, counts.Length).Where(label => counts[label] > 0)];
        int most = present.MaxBy(label => counts[label]);
        int least = present.MinBy(label => counts[label]);
        return counts[most] < Unbalanced * counts[least]
            ? null
            : new CalibrationWarning(
                CalibrationWarningKind.UnbalancedClasses,
                $"Class {most} has {counts[most]} samples, class {least} {counts[least]}: methods that leave out rare values, such as percentile, may clip what rare classes show.", []);
    }
}
