using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>TensorFlow Lite files of whole networks, damaged: whatever they say, they are refused or converted.</summary>
public sealed class MalformedNetworkTests
{
    private const int MutationsOfAFile = 1000;
    private const int MutationsOfAMadeFile = 3000;

    /// <summary>Small networks that have convolutions, states, variables, LSTM, SVDF and signal operators between them.</summary>
    private static readonly string[] s_names =
        ["tflm_hello_world_int8", "tflm_mnist_lstm_int8", "tflm_keyword_scrambled_8bit", "mltk_tflite_micro_magic_wand", "mww_okay_nabu", "tinymaix_mnist_valid_q", "tflm_audio_preprocessor_int8"];

    public static TheoryData<string> Names => Golden.Available ? new TheoryData<string>(s_names) : new TheoryData<string>("");

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_files_are_refused_or_converted(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Mutations.Run(name, Golden.Networks().Single(golden => golden.Name == name).Model, MutationsOfAFile);
    }

    [Fact]
    public void Damaged_copies_of_a_file_made_here_are_refused_or_converted()
    {
        Mutations.Run("file made by the test", MadeNetwork.Build().ToFile(), MutationsOfAMadeFile);
    }
}
