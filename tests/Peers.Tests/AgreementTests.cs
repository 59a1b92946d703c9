using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Peers.Tests;

/// <summary>The measure that the other tests' limits rest on; it needs neither models nor ONNX Runtime.</summary>
public sealed class AgreementTests
{
    private static readonly Tensor Scores = new("scores", DataType.Int8, [1, 3]) { Quantization = Quantization.PerTensor(0.5f, 10) };

    [Fact]
    public void Equal_records_agree_wholly()
    {
        byte[] records = Bytes<sbyte>(1, 2, 3, -4, 5, 6);
        Assert.Equal(new Agreement(2, 1, 0, 1, 1), Agreement.Of([Scores], records, records));
    }

    [Fact]
    public void Integers_are_compared_as_the_numbers_that_they_mean()
    {
        Agreement agreement = Agreement.Of([Scores], Bytes<sbyte>(13, 14, 10, 10, 10, 11), Bytes<sbyte>(14, 13, 10, 10, 10, 11));
        Assert.Equal(2, agreement.Records);
        Assert.Equal(4.0 / 6, agreement.Equal, 1e-12);
        Assert.Equal(1, agreement.Largest);
        Assert.Equal(25.0 / 26, agreement.Cosine, 1e-12);
        Assert.Equal(0.5, agreement.SameTop);
    }

    [Fact]
    public void Real_numbers_are_equal_if_they_are_close()
    {
        Tensor output = new("output", DataType.Float32, [2]);
        Agreement agreement = Agreement.Of([output], Bytes(1f, 2f), Bytes(1.000001f, 2.001f));
        Assert.Equal(0.5, agreement.Equal);
        Assert.Equal(0.001, agreement.Largest, 1e-6);
    }

    [Fact]
    public void Records_of_other_lengths_are_no_results()
    {
        Assert.Throws<InvalidOperationException>(() => Agreement.Of([Scores], new byte[3], new byte[6]));
    }

    private static byte[] Bytes<T>(params T[] values)
        where T : unmanaged
    {
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}
