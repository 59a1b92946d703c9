using Xunit;

namespace EdgeQuant.Conformance.Tests.Malformed;

/// <summary>Ways to damage a model file; each damaged file must be refused, or run within its bounds.</summary>
internal static class Damage
{
    /// <summary>Sets every field of every section that a reader interprets to every value that breaks careless readers.</summary>
    public static void EveryField(byte[] file)
    {
        byte[] damaged = new byte[file.Length];
        int refused = 0;
        foreach ((int start, int end) in HostileFile.StructuralRanges(file))
        {
            for (int at = start; at < end; at++)
            {
                foreach (int width in new[] { 1, 2, 4 })
                {
                    if (at % width != 0 || at + width > end)
                    {
                        continue;
                    }

                    foreach (int value in HostileFile.Values)
                    {
                        file.CopyTo(damaged, 0);
                        HostileFile.Write(damaged, at, width, value);
                        refused += HostileFile.IsRefused(damaged, $"{width} bytes at {at} set to {value}") ? 1 : 0;
                    }
                }
            }
        }

        Assert.True(refused > 0, "nothing was refused");
    }

    /// <summary>Makes random changes, mostly where a reader interprets what it reads.</summary>
    public static void Mutate(byte[] file, int mutations, string name)
    {
        IReadOnlyList<(int Start, int End)> ranges = HostileFile.StructuralRanges(file);
        byte[] damaged = new byte[file.Length];
        Random random = new(name.Sum(letter => letter));
        int refused = 0;
        for (int i = 0; i < mutations; i++)
        {
            file.CopyTo(damaged, 0);
            string what = $"{name}, mutation {i}:";
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                (int start, int end) = random.Next(8) == 0 ? (0, file.Length) : ranges[random.Next(ranges.Count)];
                int width = 1 << random.Next(3);
                int at = random.Next(start, Math.Max(start + 1, end - width + 1));
                at -= random.Next(4) == 0 ? 0 : at % width;
                if (at + width > file.Length)
                {
                    continue;
                }

                int value = random.Next(4) switch
                {
                    0 => HostileFile.Values[random.Next(HostileFile.Values.Length)],
                    1 => random.Next(),
                    2 => random.Next(-4, 70),
                    _ => damaged[at] + random.Next(-2, 3),
                };
                HostileFile.Write(damaged, at, width, value);
                what += $" {width}@{at}={value}";
            }

            refused += HostileFile.IsRefused(damaged, what) ? 1 : 0;
        }

        Assert.True(refused > mutations / 10, $"only {refused} of {mutations} were refused");
    }
}
