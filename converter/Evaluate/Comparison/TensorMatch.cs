using EdgeQuant.Converter.Evaluate.Subjects;

namespace EdgeQuant.Converter.Evaluate.Comparison;

/// <summary>A tensor that two versions of a network have in common.</summary>
/// <param name="First">Its position in the first version's <see cref="Subject.Inner"/>.</param>
/// <param name="Second">Its position in the second's.</param>
internal readonly record struct TensorMatch(int First, int Second)
{
    /// <summary>
    /// Finds tensors that have the same name and shape in both; of the rest those whose names have more parts in common than with any other.
    /// </summary>
    public static IReadOnlyList<TensorMatch> Find(IReadOnlyList<SubjectTensor> first, IReadOnlyList<SubjectTensor> second)
    {
        List<TensorMatch> matches = [];
        HashSet<int> taken = [];
        List<int> rest = [];
        ILookup<string, int> byName = Enumerable.Range(0, second.Count).Where(i => second[i].Name.Length > 0).ToLookup(i => second[i].Name, StringComparer.Ordinal);
        for (int i = 0; i < first.Count; i++)
        {
            int same = byName[first[i].Name].Where(j => !taken.Contains(j) && HaveSameShape(first[i], second[j])).DefaultIfEmpty(-1).First();
            if (same >= 0)
            {
                taken.Add(same);
                matches.Add(new TensorMatch(i, same));
            }
            else if (first[i].Name.Length > 0)
            {
                rest.Add(i);
            }
        }

        matches.AddRange(ByParts(first, rest, second, [.. Enumerable.Range(0, second.Count).Where(j => !taken.Contains(j) && second[j].Name.Length > 0)]));
        return [.. matches.OrderBy(match => match.First)];
    }

    private static IEnumerable<TensorMatch> ByParts(IReadOnlyList<SubjectTensor> first, List<int> own, IReadOnlyList<SubjectTensor> second, List<int> other)
    {
        int[][] common = [.. own.Select(_ => new int[other.Count])];
        string[][] otherParts = [.. other.Select(j => TensorNames.Parts(second[j].Name))];
        for (int i = 0; i < own.Count; i++)
        {
            string[] parts = TensorNames.Parts(first[own[i]].Name);
            for (int j = 0; j < other.Count; j++)
            {
                common[i][j] = HaveSameShape(first[own[i]], second[other[j]]) ? TensorNames.Common(parts, otherParts[j]) : 0;
            }
        }

        for (int i = 0; i < own.Count; i++)
        {
            int j = Largest(common[i]);
            if (j >= 0 && Largest([.. common.Select(row => row[j])]) == i)
            {
                yield return new TensorMatch(own[i], other[j]);
            }
        }
    }

    /// <summary>The position of the largest number; -1 if it is 0, or there several times.</summary>
    private static int Largest(int[] counts)
    {
        int most = counts.DefaultIfEmpty().Max();
        return most == 0 || counts.Count(count => count == most) > 1 ? -1 : Array.IndexOf(counts, most);
    }

    private static bool HaveSameShape(SubjectTensor first, SubjectTensor second)
    {
        return first.ElementCount == second.ElementCount && first.Shape.Where(size => size != 1).SequenceEqual(second.Shape.Where(size => size != 1));
    }
}
