using EdgeQuant.Converter.Report;

namespace EdgeQuant.Tool.Demo;

/// <summary>What came of a recording on the simulated board.</summary>
/// <param name="Sensor">The sensor that was read.</param>
/// <param name="SampleRate">Samples a second that it gave.</param>
/// <param name="Seconds">How long the recording is.</param>
/// <param name="Samples">Samples that were read.</param>
/// <param name="Lost">Samples that were lost.</param>
/// <param name="Decisions">Inferences, each with its decision.</param>
/// <param name="Events">What was recognised.</param>
/// <param name="Made">Gestures that the person made.</param>
/// <param name="Recognized">Those of them that were recognised as what they were.</param>
/// <param name="False">Events where there was no gesture, or another one.</param>
/// <param name="Latency">From the arrival of a sample to its decision on this machine, in nanoseconds.</param>
/// <param name="AllocatedBytes">Bytes that were allocated from one decision to the next, all together.</param>
internal sealed record GestureRun(
    string Sensor,
    double SampleRate,
    double Seconds,
    long Samples,
    long Lost,
    int Decisions,
    IReadOnlyList<RecognizedGesture> Events,
    int Made,
    int Recognized,
    int False,
    Timing Latency,
    long AllocatedBytes);
