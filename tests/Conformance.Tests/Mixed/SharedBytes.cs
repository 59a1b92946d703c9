using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Conformance.Tests.Mixed;

/// <summary>Shared elements as the file's specification has them, bit by bit.</summary>
internal static class SharedBytes
{
    /// <summary>The bytes of a case's weights.</summary>
    /// <param name="test">The case.</param>
    /// <param name="bits">The bits of an index, as many as the codebooks need or more.</param>
    public static byte[] Of(MixedCase test, int bits)
    {
        SharedWeights shared = test.Shared!;
        int entries = shared.Codebooks.Max(codebook => codebook.Length);
        entries = Math.Max(2, entries);
        int rows = test.WeightShape[0];
        int columns = test.Weights.Length / rows;
        List<byte> bytes = [(byte)bits, (byte)(entries - 1), (byte)shared.Codebooks.Count, (byte)(shared.Codebooks.Count >> 8)];
        foreach (sbyte[] codebook in shared.Codebooks)
        {
            bytes.AddRange(Enumerable.Range(0, entries).Select(i => (byte)codebook[Math.Min(i, codebook.Length - 1)]));
        }

        for (int row = 0; row < rows; row++)
        {
            bool[] set = new bool[((columns * bits) + 7) / 8 * 8];
            for (int i = 0; i < columns; i++)
            {
                int channel = test.WeightAxis == 0 ? row : i % test.Channels;
                sbyte[] codebook = shared.Codebooks[shared.IsPerChannel ? channel : 0];
                int index = Array.IndexOf(codebook, test.Weights[(row * columns) + i]);
                for (int bit = 0; bit < bits; bit++)
                {
                    set[(i * bits) + bit] = ((index >> bit) & 1) != 0;
                }
            }

            bytes.AddRange(set.Chunk(8).Select(chunk => (byte)chunk.Select((bit, i) => bit ? 1 << i : 0).Sum()));
        }

        return [.. bytes];
    }

    /// <summary>The layout's length of the same.</summary>
    public static long Length(MixedCase test, int bits)
    {
        SharedWeights shared = test.Shared!;
        return SharedLayout.Bytes(test.WeightShape[0], test.Weights.Length / test.WeightShape[0], bits, shared.Entries, shared.Codebooks.Count);
    }
}
