using EdgeQuant.Conformance.Tests.Goldens;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Malformed;

/// <summary>Damaged model files: every field, every cut, and many random mutations, all with the checksum repaired.</summary>
public sealed class MalformedModelTests
{
    private const int MutationsOfAnOperator = 1200;
    private const int MutationsOfANetwork = 2000;

    private static readonly string[] s_networks =
        ["tflm_hello_world_int8", "tinymaix_mnist_valid_q", "mww_okay_nabu", "tflm_mnist_lstm_int8", "tflm_keyword_scrambled_8bit", "mltk_tflite_micro_magic_wand", "tflm_audio_preprocessor_int8"];

    public static TheoryData<string> Operators => ConvertedGolden.OperatorNames();

    public static TheoryData<string> Networks => Golden.Available ? new TheoryData<string>(s_networks) : new TheoryData<string>("");

    [Theory]
    [MemberData(nameof(Operators))]
    public void Every_field_of_an_operator_file_may_hold_anything(string name)
    {
        Damage.EveryField(ConvertedGolden.Convert(ConvertedGolden.Find(name)).File);
    }

    [Theory]
    [InlineData("tflm_hello_world_int8")]
    public void Every_field_of_a_network_file_may_hold_anything(string name)
    {
        Damage.EveryField(ConvertedGolden.Convert(ConvertedGolden.Find(name)).File);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void Random_mutations_of_operator_files_are_refused_or_run(string name)
    {
        Damage.Mutate(ConvertedGolden.Convert(ConvertedGolden.Find(name)).File, MutationsOfAnOperator, name);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Random_mutations_of_network_files_are_refused_or_run(string name)
    {
        Damage.Mutate(ConvertedGolden.Convert(ConvertedGolden.Find(name)).File, MutationsOfANetwork, name);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_file_cut_at_a_section_boundary_is_refused(string name)
    {
        byte[] file = ConvertedGolden.Convert(ConvertedGolden.Find(name)).File;
        ModelFile model = new(file);
        for (int i = 0; i < model.SectionCount; i++)
        {
            int start = model.OffsetOf(model.KindOf(i));
            foreach (int length in new[] { start, start + 1, start + model.LengthOf(i) - 1 })
            {
                Assert.True(HostileFile.IsRefused(file[..length], $"cut at {length}"));
            }
        }

        for (int length = ModelLayout.HeaderBytes; length < Math.Min(file.Length, 512); length++)
        {
            Assert.True(HostileFile.IsRefused(file[..length], $"cut at {length}"));
        }

        for (int length = 0; length < ModelLayout.HeaderBytes; length++)
        {
            byte[] cut = file[..length];
            Assert.Throws<ModelFormatException>(() => Network.Load(cut));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_wrong_checksum_is_refused(string name)
    {
        byte[] file = (byte[])ConvertedGolden.Convert(ConvertedGolden.Find(name)).File.Clone();
        for (int at = ModelLayout.HeaderChecksum; at < file.Length; at += 1 + (file.Length / 500))
        {
            file[at] ^= 0x10;
            Assert.Throws<ModelFormatException>(() => Network.Load(file));
            file[at] ^= 0x10;
        }

        Network.Load(file);
    }
}
