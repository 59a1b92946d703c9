namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>Places of classes among a record's scores: highest first; of equal scores the first class stands first, as TensorFlow's argmax and top-k have it.</summary>
internal static class Ranking
{
    /// <summary>The class with the highest score; -1 if a score is no number.</summary>
    public static int Best(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
            {
                return -1;
            }

            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }

    /// <summary>The place of a class, from 0; behind all others if a score is no number.</summary>
    public static int PlaceOf(int label, ReadOnlySpan<float> scores)
    {
        int place = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
            {
                return scores.Length;
            }

            place += scores[i] > scores[label] || (scores[i] == scores[label] && i < label) ? 1 : 0;
        }

        return place;
    }
}
