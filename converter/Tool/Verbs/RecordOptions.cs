using System.CommandLine;
using EdgeQuant.Converter.Host;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Tool.Files;

namespace EdgeQuant.Tool.Verbs;

/// <summary>What the verbs that run raw records are told.</summary>
internal sealed class RecordOptions
{
    private readonly KernelOptions _kernels = new();

    public Argument<string> File { get; } = new("FILE") { Description = "The model file (.eqm)." };

    public Option<string> Inputs { get; } = new("--inputs")
    {
        Description = "Raw records: the bytes of all inputs of the source network, record after record, little endian; float32 where it has float inputs.",
        HelpName = "X",
        Required = true,
    };

    public Option<int> ResetEvery { get; } = new("--reset-every")
    {
        Description = "Reset the state before the records 0, N, 2N and so on; 0 never resets it between records.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    /// <summary>For the end of a text: that no copies of weights were kept; nothing where kernels may keep some.</summary>
    public static string Kernels(ModelRunner runner)
    {
        return runner.Network.KernelsName == KernelSets.Compact.Name ? "; weights were kept only as they are in the file" : "";
    }

    /// <summary>Loads the model file that the arguments name.</summary>
    public ModelRunner Load(ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(File);
        byte[] file = InputFile.ReadModel(path);
        KernelSet kernels = _kernels.Read(arguments);
        return InputFile.Parse(path, () => ModelRunner.Load(file, kernels));
    }

    /// <summary>Adds them to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="outputs">The verb's own option for the file of outputs.</param>
    public void AddTo(Verb verb, Option<string> outputs)
    {
        verb.Arguments.Add(File);
        verb.Options.Add(Inputs);
        verb.Options.Add(outputs);
        verb.Options.Add(ResetEvery);
        ResetEvery.AcceptWholeNumbers(0);
        _kernels.AddTo(verb);
    }
}
