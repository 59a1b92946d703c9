using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Report;
using EdgeQuant.Converter.Report.Quality;
using EdgeQuant.Converter.Signal;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>
/// From people to a model file: records people, trains a network on them, writes it as ONNX; then what <c>convert</c> does with anyone's
/// network: import, quantize with samples, measure, pack with front end and decision.
/// </summary>
internal static class GestureDemo
{
    /// <summary>What the float network's file is called.</summary>
    public const string OnnxName = "gestures.onnx";

    /// <summary>What the front end's file is called.</summary>
    public const string FrontEndName = "front-end.json";

    /// <summary>What the decision's file is called.</summary>
    public const string DecisionName = "decision.json";

    private const int TrainingPeople = 20;
    private const int HeldOutPeople = 8;
    private const int GesturesOfEach = 5;

    /// <summary>Hands rest most of the time: with all of that, accuracy would say little of gestures.</summary>
    private const int MeasuredRestStride = 3;
    private const int CalibrationWindowsOfEach = 60;

    /// <summary>Whoever is recorded for the device: after those for training and those held out.</summary>
    private const int NewPerson = TrainingPeople + HeldOutPeople;
    private const int NewGesturesOfEach = 4;

    /// <summary>Makes the model; the same on every run.</summary>
    /// <param name="progress">Told what is under way.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    public static GestureModel Run(IProgress<PipelineProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new PipelineProgress("record people", 0, 0));
        SampleSet training = People(0, TrainingPeople, 1, "people of the training");
        SampleSet heldOut = People(TrainingPeople, HeldOutPeople, MeasuredRestStride, "held-out people");
        progress?.Report(new PipelineProgress("train", 0, 0));
        GestureNetwork network = GestureTrainer.Train(training, cancellation);
        byte[] onnx = network.ToOnnx();

        MeasuredConversion conversion = Convert(onnx, new SampleSplit(Calibration(training), heldOut, Overlap: false), progress, cancellation);
        byte[] frontEnd = Resource(FrontEndName);
        byte[] decision = Resource(DecisionName);
        byte[] file = PipelinePacker.Pack(
            conversion.Conversion.File, FrontEndReader.Read(frontEnd, FrontEndName), FrontEndName, null, DecisionReader.Read(decision, DecisionName), DecisionName, null);

        ConversionQuality quality = conversion.Known.Quality!;
        GestureDemoReport report = new(
            GestureNetwork.Labels,
            TrainingPeople,
            training.Count,
            HeldOutPeople,
            heldOut.Count,
            network.Parameters,
            quality.Float.Points!.Value,
            quality.Packed.Points!.Value,
            onnx.Length,
            file.Length,
            conversion.Conversion.Report);
        QuantizationReport page = FloatConversionReport.Make(conversion.Conversion, conversion.Known, DateTimeOffset.Now);
        return new GestureModel(onnx, file, frontEnd, decision, page, Record(NewPerson, NewGesturesOfEach), report);
    }

    /// <summary>Windows of some people's recordings, of rest one in <paramref name="restStride"/>.</summary>
    internal static SampleSet People(int first, int count, int restStride, string source)
    {
        return GestureWindows.Cut(Enumerable.Range(first, count).Select(number => Record(number, GesturesOfEach)), restStride, source);
    }

    /// <summary>As many windows of each gesture, evenly spread.</summary>
    private static SampleSet Calibration(SampleSet training)
    {
        IEnumerable<int[]> ofEach = Enumerable.Range(0, training.Count).GroupBy(window => training.Labels![window]).Select(group => group.ToArray());
        return training.Select([.. ofEach.SelectMany(windows => Spread.Over(windows.Length, Math.Min(windows.Length, CalibrationWindowsOfEach)).Select(i => windows[i]))]);
    }

    private static GestureRecording Record(int person, int ofEach)
    {
        return GestureGenerator.Record(Person.Draw(person), GestureGenerator.Mixed(ofEach, person), person);
    }

    private static MeasuredConversion Convert(byte[] onnx, SampleSplit samples, IProgress<PipelineProgress>? progress, CancellationToken cancellation)
    {
        ImportedNetwork network = NetworkFile.Import(onnx);
        GraphCheck.Run(network.Graph);
        ConversionOptions options = new()
        {
            SourceName = OnnxName,
            Quantization = new QuantizationOptions { Samples = samples.Calibration, Progress = progress, Cancellation = cancellation },
        };
        return MeasuredConversion.Of(network, onnx, options, new MeasuringOptions { Samples = samples, Detailed = true });
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(GestureDemo).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
