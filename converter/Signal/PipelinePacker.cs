using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Signal;

/// <summary>Makes a pipeline of a packed network: adds its signal and decision sections, and sees that it loads.</summary>
internal static class PipelinePacker
{
    /// <summary>Packs.</summary>
    /// <param name="file">The network's <c>.eqm</c> file.</param>
    /// <param name="frontEnd">What makes its input.</param>
    /// <param name="frontEndSource">Where the front end came from, for messages.</param>
    /// <param name="nested">The front end's packed network, for the kind that is one; otherwise null.</param>
    /// <param name="rule">How its scores become a label.</param>
    /// <param name="ruleSource">Where the rule came from, for messages.</param>
    /// <param name="labels">Labels from a file of their own, or null.</param>
    /// <exception cref="SignalException">Something does not fit the network.</exception>
    public static byte[] Pack(byte[] file, FrontEnd frontEnd, string frontEndSource, byte[]? nested, DecisionRule rule, string ruleSource, IReadOnlyList<string>? labels)
    {
        Network network = Network.Load(file);
        nested = frontEnd.Kind switch
        {
            FrontEndKind.LogMel or FrontEndKind.Mfcc => MelFrontEnd.Pack(frontEnd, frontEnd.Mel!, frontEndSource),
            FrontEndKind.MicroSpeech => MicroSpeechFrontEnd.Pack(frontEnd, frontEnd.Mel!, frontEndSource),
            FrontEndKind.MotionStatistics => MotionFrontEnd.Pack(frontEnd, frontEnd.Motion!, frontEndSource),
            _ => nested,
        };
        byte[] signal = SignalSection.Write(frontEnd, frontEndSource, nested, network);
        int hop = BitConverter.ToInt32(signal, ModelLayout.SignalHopSamples) * BitConverter.ToInt32(signal, ModelLayout.SignalHopFrames);
        byte[] decision = DecisionSection.Write(rule, ruleSource, labels, network, hop * 1000.0 / frontEnd.SampleRate);
        byte[] packed = ModelWriter.WithSections(file, [(SectionKind.Signal, signal), (SectionKind.Decision, decision)]);
        Pipeline pipeline;
        try
        {
            pipeline = Pipeline.Load(packed);
        }
        catch (ModelFormatException exception)
        {
            throw new SignalException(frontEndSource, $"The runtime refuses what it becomes. {exception.Message}");
        }

        int failed = pipeline.SelfTest();
        return failed < 0 ? packed : throw new SelfCheckException($"The packed file gives other outputs than it was packed with: record {failed}. This is an error in EdgeQuant.");
    }
}
