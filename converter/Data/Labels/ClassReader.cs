using EdgeQuant.Converter.Data.Text;

namespace EdgeQuant.Converter.Data.Labels;

/// <summary>Makes classes, from 0, of what files give.</summary>
/// <param name="classes">How many classes there are.</param>
/// <param name="names">Their names, in order; empty if they are not known.</param>
internal sealed class ClassReader(int classes, IReadOnlyList<string> names)
{
    /// <summary>How many classes there are.</summary>
    public int Classes => classes;

    /// <summary>
    /// The classes that a network's samples can have: as many as its first output has elements, unless something else was said; two at least,
    /// because one score tells two classes apart.
    /// </summary>
    public static ClassReader Of(SampleInput? output, SampleOptions options)
    {
        int classes = options.Classes ?? (options.ClassNames.Count > 0 ? options.ClassNames.Count : Math.Max(output?.ElementCount ?? 0, 2));
        return new ClassReader(classes, options.ClassNames);
    }

    /// <summary>The class that a label means.</summary>
    /// <param name="label">The label.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="place">Where in the file, for messages.</param>
    public int Read(RawLabel label, string file, string place)
    {
        double number = label.Number;
        if (label.Text is string text)
        {
            int named = names.Count == 0 ? -1 : Enumerable.Range(0, names.Count).FirstOrDefault(i => string.Equals(names[i], text, StringComparison.Ordinal), -1);
            if (named >= 0)
            {
                return named;
            }

            if (!CsvNumber.TryParse(text, out number))
            {
                throw new DataException(file, $"the class of {place}", $"'{text}'", Allowed(), names.Count == 0 ? "Number the classes, or give their names in order." : "");
            }
        }

        return number >= 0 && number < classes && number == Math.Truncate(number)
            ? (int)number
            : throw new DataException(file, $"the class of {place}", $"{number}", Allowed());
    }

    private string Allowed()
    {
        string numbers = $"whole numbers from 0 to {classes - 1}";
        return names.Count == 0 ? numbers : $"{numbers}, or {string.Join(", ", names.Take(24))}";
    }
}
