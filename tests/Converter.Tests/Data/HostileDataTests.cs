using System.IO.Compression;
using EdgeQuant.Converter.Data;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

/// <summary>Damaged files end in the one exception, or are read: nothing else happens, and nothing large is allocated.</summary>
public sealed class HostileDataTests : IDisposable
{
    private const int Rounds = 400;
    private const long MostAllocated = 16 << 20;

    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData("x.npy")]
    [InlineData("x.npy.gz")]
    [InlineData("turned.npy")]
    [InlineData("turned.npy.gz")]
    [InlineData("x.npz")]
    [InlineData("x.idx")]
    [InlineData("x.idx.gz")]
    [InlineData("x.csv")]
    [InlineData("x.csv.gz")]
    [InlineData("x.bin")]
    public void Files_with_bytes_changed_cut_or_added(string name)
    {
        byte[] file = Make(name);
        Random random = new(11);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = Damage(file, random);
            string path = _folder.Add(name, damaged);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.NotEmpty(_folder.Read(path).Inputs);
            }
            catch (DataException refused)
            {
                Assert.NotEmpty(refused.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        byte[] damaged = (byte[])file.Clone();
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes; i++)
        {
            // Most of what a file says of itself stands at its start.
            int reach = random.Next(2) == 0 ? Math.Min(140, damaged.Length) : damaged.Length;
            damaged[random.Next(reach)] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)('0' + random.Next(10)),
                _ => byte.MaxValue,
            };
        }

        return random.Next(4) switch
        {
            0 => damaged[..random.Next(1, damaged.Length)],
            1 => [.. damaged, .. new byte[random.Next(1, 40)]],
            _ => damaged,
        };
    }

    private static byte[] Make(string name)
    {
        float[] numbers = [.. Enumerable.Range(0, 120).Select(i => i * 0.25f)];
        byte[] plain = name.Replace(".gz", "", StringComparison.Ordinal) switch
        {
            "x.npy" => NumPy.File("<f4", "(20, 2, 3)", numbers),
            "turned.npy" => NumPy.File("<f4", "(20, 2, 3)", numbers, columnMajor: true),
            "x.npz" => DataFolder.Zip(CompressionLevel.Fastest, ("x.npy", NumPy.File("<f4", "(20, 2, 3)", numbers)), ("y.npy", NumPy.File("|u1", "(20,)", new byte[20]))),
            "x.idx" => [0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 2, 0, 0, 0, 3, .. numbers.Select(number => (byte)number)],
            "x.csv" => System.Text.Encoding.UTF8.GetBytes("a,b,c,d,e,f,label\n" + string.Concat(numbers.Chunk(6).Select(row => string.Join(",", row) + ",2\n"))),
            _ => [.. numbers.SelectMany(BitConverter.GetBytes)],
        };
        return name.EndsWith(".gz", StringComparison.Ordinal) ? DataFolder.Gzip(plain) : plain;
    }
}
