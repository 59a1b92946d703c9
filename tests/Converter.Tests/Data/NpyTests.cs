using System.Buffers.Binary;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Data;

/// <summary>The hexadecimal texts are what NumPy 1.24 wrote.</summary>
public sealed class NpyTests : IDisposable
{
    private const string RowMajor =
        "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028322c2033292c207d202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200a0000803f0000004000004040000080400000a0400000c040";

    private const string ColumnMajor =
        "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a20547275652c20277368617065273a2028322c2033292c207d20202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200a0000803f00008040000000400000a040000040400000c040";

    private const string BigEndian =
        "934e554d5059010076007b276465736372273a20273e6932272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028322c292c207d2020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200a0001fffe";

    private const string Version2 =
        "934e554d50590200740000007b276465736372273a20277c6231272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028322c292c207d202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200a0100";

    private const string Version3 =
        "934e554d50590300740000007b276465736372273a20277c7531272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028312c292c207d202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200a07";

    private const string Scalar =
        "934e554d5059010076007b276465736372273a20273c6638272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028292c207d20202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200a0000000000000840";

    private const string Fields =
        "934e554d5059010076007b276465736372273a205b282761272c20273c693427292c20282762272c20273c663427295d2c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028312c292c207d202020202020202020202020202020202020202020202020202020202020202020202020200a0100000000000040";

    private const string Objects =
        "934e554d5059010076007b276465736372273a20277c4f272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028312c292c207d202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200a80036e2e";

    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData(RowMajor, new[] { 3 }, new[] { 1f, 2, 3 }, new[] { 4f, 5, 6 })]
    [InlineData(ColumnMajor, new[] { 3 }, new[] { 1f, 2, 3 }, new[] { 4f, 5, 6 })]
    [InlineData(RowMajor, new[] { 1, 2, 3 }, new[] { 1f, 2, 3, 4, 5, 6 })]
    [InlineData(ColumnMajor, new[] { 1, 2, 3 }, new[] { 1f, 2, 3, 4, 5, 6 })]
    [InlineData(BigEndian, new[] { 1 }, new[] { 1f }, new[] { -2f })]
    [InlineData(BigEndian, new[] { 1, 1 }, new[] { 1f }, new[] { -2f })]
    [InlineData(Version2, new[] { 1 }, new[] { 1f }, new[] { 0f })]
    [InlineData(Version3, new[] { 1 }, new[] { 7f })]
    [InlineData(Scalar, new[] { 1 }, new[] { 3f })]
    public void Files_that_numpy_wrote_are_read(string file, int[] shape, params float[][] records)
    {
        _folder.Inputs = [new SampleInput("x", DataType.Float32, shape)];
        string path = _folder.Add("x.npy", Convert.FromHexString(file));
        Assert.Equal(records, _folder.Read(path).Inputs.Select(record => record[0]));
        string packed = _folder.Add("packed.npy.gz", DataFolder.Gzip(Convert.FromHexString(file)));
        Assert.Equal(records, _folder.Read(packed).Inputs.Select(record => record[0]));
    }

    [Fact]
    public void Headers_of_these_tests_are_those_of_numpy()
    {
        Assert.Equal(RowMajor, Convert.ToHexStringLower(NumPy.File("<f4", "(2, 3)", new float[] { 1, 2, 3, 4, 5, 6 })));
    }

    [Theory]
    [InlineData("|b1", "0001020300ff", new[] { 0f, 1, 1, 1, 0, 1 })]
    [InlineData("|i1", "00017f80ff05", new[] { 0f, 1, 127, -128, -1, 5 })]
    [InlineData("|u1", "00017f80ff05", new[] { 0f, 1, 127, 128, 255, 5 })]
    [InlineData("<i2", "0100ff7f00800000ffff0001", new[] { 1f, 32767, -32768, 0, -1, 256 })]
    [InlineData(">u2", "00017fff80000000ffff0100", new[] { 1f, 32767, 32768, 0, 65535, 256 })]
    [InlineData("<i4", "01000000ffffffff0000008000000100ff00000000000000", new[] { 1f, -1, -2147483648, 65536, 255, 0 })]
    [InlineData(">u4", "00000001ffffffff8000000000010000000000ff00000000", new[] { 1f, 4294967295, 2147483648, 65536, 255, 0 })]
    [InlineData("<i8", "0100000000000000ffffffffffffffff00000000010000000000000000000000050000000000000006000000fdffffff", new[] { 1f, -1, 4294967296, 0, 5, -12884901882 })]
    [InlineData(">u8", "0000000000000001ffffffffffffffff0000000100000000000000000000000000000000000000050000000000000006", new[] { 1f, 18446744073709551615, 4294967296, 0, 5, 6 })]
    [InlineData("<f2", "003c00c00038ff7b01000080", new[] { 1f, -2, 0.5f, 65504, 5.9604645e-8f, -0f })]
    [InlineData(">f4", "3f800000c00000003f0000007f7fffff0000000180000000", new[] { 1f, -2, 0.5f, float.MaxValue, float.Epsilon, -0f })]
    [InlineData("<f8", "000000000000f03f00000000000000c0000000000000e03f9a9999999999b93f00000000000000000000000000000080", new[] { 1f, -2, 0.5f, 0.1f, 0, -0f })]
    public void All_types_of_numbers_are_read(string type, string data, float[] expected)
    {
        string path = _folder.Add("x.npy", NumPy.File(type, "(1, 2, 3)", Convert.FromHexString(data)));
        Assert.Equal(expected, Assert.Single(_folder.Read(path).Inputs)[0]);
    }

    [Theory]
    [InlineData("(5, 2, 3)")]
    [InlineData("(5, 6)")]
    [InlineData("(5, 1, 2, 3)")]
    [InlineData("(5, 2, 3, 1)")]
    [InlineData("(5L, 2L, 3L)")]
    public void Sizes_of_one_and_flat_rows_do_not_matter(string shape)
    {
        float[] numbers = [.. Enumerable.Range(0, 30).Select(i => (float)i)];
        SampleSet samples = _folder.Read(_folder.Add("x.npy", NumPy.File("<f4", shape, numbers)));
        Assert.Equal(numbers.Chunk(6), samples.Inputs.Select(record => record[0]));
    }

    [Fact]
    public void Column_major_arrays_of_any_rank_are_read_as_row_major_ones()
    {
        _folder.Inputs = [new SampleInput("x", DataType.Float32, [1, 2, 3, 4])];
        float[] numbers = new float[5 * 24];
        for (int i = 0; i < numbers.Length; i++)
        {
            (int record, int a, int b, int c) = (i / 24, i / 12 % 2, i / 4 % 3, i % 4);
            numbers[record + (5 * (a + (2 * (b + (3 * c)))))] = i;
        }

        SampleSet samples = _folder.Read(_folder.Add("x.npy", NumPy.File("<f4", "(5, 2, 3, 4)", numbers, columnMajor: true)));
        Assert.Equal(Enumerable.Range(0, 120).Select(i => (float)i).Chunk(24), samples.Inputs.Select(record => record[0]));
    }

    [Fact]
    public void A_limit_reads_the_first_records_only()
    {
        byte[] file = NumPy.Counting(100, 2, 3);
        string packed = _folder.Add("x.npy.gz", DataFolder.Gzip(file).AsSpan(0, 200));
        SampleSet samples = _folder.Read(_folder.OptionsOf(packed) with { Limit = 3 });
        Assert.Equal([0f, 6, 12], samples.Inputs.Select(record => record[0][0]));
    }

    [Theory]
    [InlineData(Fields, "a structure of fields")]
    [InlineData(Objects, "'|O'")]
    public void What_holds_no_numbers_is_refused(string file, string found)
    {
        DataException refused = _folder.Refused(_folder.Add("x.npy", Convert.FromHexString(file)));
        Assert.Equal(found, refused.Found);
        Assert.NotEmpty(refused.Help);
    }

    [Theory]
    [InlineData("(4, 3, 2)", "array.transpose(0, 2, 1)")]
    [InlineData("(3, 2)", "array.transpose(1, 0)")]
    [InlineData("(24,)", "array.reshape(-1, 2, 3)")]
    [InlineData("(2, 12)", "array.reshape(-1, 2, 3)")]
    public void An_array_of_another_shape_is_refused_with_what_would_help(string shape, string help)
    {
        DataException refused = _folder.Refused(_folder.Add("x.npy", NumPy.File("<f4", shape, new float[shape == "(3, 2)" ? 6 : 24])));
        Assert.Equal("the shape of the array", refused.Place);
        Assert.Contains("[records,2,3]", refused.Allowed, StringComparison.Ordinal);
        Assert.Contains(help, refused.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_first_for_a_network_that_takes_them_last_is_said_so()
    {
        _folder.Inputs = [new SampleInput("image", DataType.Float32, [1, 32, 32, 3])];
        DataException refused = _folder.Refused(_folder.Add("x.npy", NumPy.File("|u1", "(2, 3, 32, 32)", new byte[2 * 3 * 32 * 32])));
        Assert.Contains("channels last", refused.Help, StringComparison.Ordinal);
        Assert.Contains("array.transpose(0, 2, 3, 1)", refused.Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_not_finite_is_named_with_record_and_element(float value, string found)
    {
        float[] numbers = new float[18];
        numbers[6 + 5] = value;
        DataException refused = _folder.Refused(_folder.Add("x.npy", NumPy.File("<f4", "(3, 2, 3)", numbers)));
        Assert.Equal("record 1, element [1,2]", refused.Place);
        Assert.Equal(found, refused.Found);
    }

    [Fact]
    public void A_number_beyond_float32_is_refused()
    {
        DataException refused = _folder.Refused(_folder.Add("x.npy", NumPy.File("<f8", "(1, 2, 3)", new double[] { 0, 0, 1e300, 0, 0, 0 })));
        Assert.Equal("record 0, element [0,2]", refused.Place);
        Assert.StartsWith("1E+300", refused.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(9223372036854775807, 6)")]
    [InlineData("(4294967296, 4294967296, 4294967296, 6)")]
    [InlineData("(1000000000, 2, 3)")]
    public void A_shape_that_lies_allocates_nothing(string shape)
    {
        byte[] file = NumPy.File("<f4", shape, new float[60]);
        string plain = _folder.Add("x.npy", file);
        string packed = _folder.Add("x.npy.gz", DataFolder.Gzip(file));
        string turned = _folder.Add("turned.npy.gz", DataFolder.Gzip(NumPy.File("<f4", shape, new float[60], columnMajor: true)));
        foreach (string path in new[] { plain, packed, turned })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _folder.Refused(path);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        }
    }

    [Fact]
    public void A_header_that_claims_gigabytes_allocates_nothing()
    {
        byte[] file = NumPy.File("<f4", "(1, 2, 3)", new float[6]);
        file[6] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), 0x7FFFFFFF);
        DataException refused = _folder.Refused(_folder.Add("x.npy", file));
        Assert.Equal("2147483647", refused.Found);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "'shape' in the header")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, -2), }", "the header at character")]
    [InlineData("{'descr': '<f4', 'fortran_order': 1, 'shape': (1, 2), }", "the header at character")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1, 2), }", "the type of its numbers")]
    [InlineData("{'descr': (1, 2), 'fortran_order': False, 'shape': (1, 2), }", "'descr' in the header")]
    [InlineData("[]", "the header at character 0")]
    [InlineData("", "the header at character 0")]
    [InlineData("{'descr': '<f4", "the header at character")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 6), } extra", "the header at character")]
    public void A_malformed_header_is_refused_with_its_place(string header, string place)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.Latin1.GetBytes(header), .. new byte[24]];
        Assert.StartsWith(place, _folder.Refused(_folder.Add("x.npy", file)).Place, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
    }
}
