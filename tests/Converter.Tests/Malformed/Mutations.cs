using Xunit;

namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>Converts one damaged copy of a file after another.</summary>
internal static class Mutations
{
    /// <summary>Every copy is refused or converted as it should be (<see cref="HostileSource"/>), and not all are refused, nor all converted.</summary>
    /// <param name="name">The file's name, for the message of a failed test.</param>
    /// <param name="original">The file.</param>
    /// <param name="count">How many copies.</param>
    public static void Run(string name, byte[] original, int count)
    {
        Assert.Equal(Verdict.Converted, HostileSource.Convert(original, () => name));
        SourceMutation mutation = new(original);
        byte[] file = new byte[original.Length];
        int[] verdicts = new int[Enum.GetValues<Verdict>().Length];
        for (int seed = 0; seed < count; seed++)
        {
            mutation.Apply(file, seed);
            int damage = seed;
            verdicts[(int)HostileSource.Convert(file, () => $"{name} damaged with seed {damage}")]++;
        }

        int few = count / 50;
        Assert.True(Array.TrueForAll(verdicts, number => number >= few), $"{name}: {string.Join(", ", verdicts)} files were malformed, unsupported, converted");
    }
}
