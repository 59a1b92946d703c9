using System.Text.Json;
using EdgeQuant.Converter.Report;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Browser.Tests;

/// <summary>A report with everything in it, of a network of residual blocks that was never there; names of tensors are hostile.</summary>
internal sealed class MadeReport
{
    /// <summary>What would run, load or break the page if it were not escaped.</summary>
    public const string Hostile = "</script><img src=x onerror=\"document.title='broken'\">'&{{\u202Etxt";

    private readonly Random _random = new(1);
    private readonly List<TensorQuality> _tensors = [];
    private readonly List<OperatorQuality> _operators = [];
    private readonly List<FlowEdge> _edges = [];
    private readonly Dictionary<int, int> _writers = [];

    private MadeReport()
    {
    }

    /// <summary>Makes the report of a network with so many residual blocks of four operators.</summary>
    public static QuantizationReport Of(int blocks)
    {
        return new MadeReport().Make(blocks);
    }

    private QuantizationReport Make(int blocks)
    {
        int input = Activation("input_1", "float32", [1, 32, 32, 3]);
        int data = Add("Quantize", OperatorPlace.HostBefore, [input], [1, 32, 32, 3], 0);
        data = Add("Convolution2D", OperatorPlace.Device, [data, Weights([16, 3, 3, 3])], [1, 32, 32, 16], 432);
        int[] shape = [1, 32, 32, 16];
        for (int block = 0; block < blocks; block++)
        {
            int first = Add("Convolution2D", OperatorPlace.Device, [data, Weights([16, 3, 3, 16])], shape, 2304);
            int second = Add("Convolution2D", OperatorPlace.Device, [first, Weights([16, 3, 3, 16])], shape, 2304);
            int skip = block % 2 == 0 ? data : Add("Convolution2D", OperatorPlace.Device, [data, Weights([16, 1, 1, 16])], shape, 256);
            data = Add("Add", OperatorPlace.Device, [second, skip], shape, 0);
        }

        data = Add("Average", OperatorPlace.Device, [data], [1, 1, 1, 16], 0);
        int scores = Add("FullyConnected", OperatorPlace.Device, [data, Weights([10, 16])], [1, 10], 160);
        int output = Add("Dequantize", OperatorPlace.HostAfter, [scores], [1, 10], 0, "float32");
        _edges.Add(new FlowEdge(_operators.Count - 1, null, output));
        int device = _operators.Count(op => op.Place == OperatorPlace.Device);
        using JsonDocument recipe = JsonDocument.Parse("""{"operators":{"weights":{"encoding":"int4","perChannel":true}},"rules":[{"name":"</pre><script>alert(1)</script>","activationType":"int16"}]}""");
        return new QuantizationReport
        {
            Subject = new ReportSubject("tiny_resnet", "tiny_resnet.onnx", "onnx", new string('a', 64), "0.1.0", new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero), "weights int4 per channel; activations int8"),
            Sizes = new SizeFigures(318_976, 48_640, 0, 112_000, 12_501_632, 18, 8, [new SectionReport("header", 0, 128), new SectionReport("constants", 128, 40_000), new SectionReport("operators", 40_128, 3200), new SectionReport("self-test", 43_328, 4000)]),
            Accuracy =
            [
                new AccuracyFigures("top-1", "%", 10_000, "t10k-images.idx3-ubyte.gz", 98.25, 98.19, 98.17, HigherIsBetter: true, MostDrop: 0.5),
            ],
            Warnings = ["The sample set is small: 40 samples; 100 or more make ranges reliable.", $"The samples never show class {Hostile}."],
            Tensors = _tensors,
            Inputs = [input],
            Outputs = [output],
            Operators = _operators,
            Edges = _edges,
            Calibration = new CalibrationFacts("min-max", 40, "train-images.idx3-ubyte.gz", [.. Enumerable.Range(0, 10).Select(label => new ClassCount($"{label}", label == 7 ? 0 : _random.Next(2, 8)))], 10),
            Repairs =
            [
                new RepairFigures("equalization", true, "SQNR of the output, dB", 21.4, 23.0, "6 pairs of layers"),
                new RepairFigures("bias correction", true, "SQNR of the output, dB", 23.0, 24.6, "8 biases moved"),
                new RepairFigures("adaptive rounding", false, "SQNR of the output, dB", 24.6, 24.5, "made it worse"),
            ],
            Sensitivity = new SensitivityFigures(
                "SQNR of the output, dB",
                24.6,
                [.. _operators.Select((op, i) => (op, i)).Where(pair => pair.op.WeightBits is not null).Select((pair, rank) => new OperatorSensitivity(pair.op.Name, pair.op.Kind, pair.i, 40 - (rank * 2), 25 + rank, 20.0 / (rank + 1)))],
                "Keep the first convolution at 8 bits: {\"rules\": [{\"position\": 0, \"weightEncoding\": \"int8\"}]}"),
            Arena = new ArenaFigures(32_768, 32_768, 3, device, [.. Enumerable.Range(0, device).Select(i => new BufferReport(i, i % 2 * 16_384, 16_384 >> (i % 3), i - 1, i))]),
            Recipe = recipe.RootElement.Clone(),
        };
    }

    private int Add(string kind, OperatorPlace place, int[] inputs, int[] shape, int weights, string type = "int8")
    {
        int position = _operators.Count;
        ErrorFigures? error = place == OperatorPlace.Device ? new ErrorFigures(48 - (position * 2.5 % 44), 0.99999 - (position * 1e-4), 0.01 * position) : null;
        int output = Activation(position == 2 ? Hostile : $"model/block_{position}/{kind.ToLowerInvariant()}", type, shape, error);
        string number = place == OperatorPlace.Device ? $"{position - 1}" : $"h{_operators.Count(op => op.Place != OperatorPlace.Device)}";
        foreach (int input in inputs.Where(input => _tensors[input].Role == TensorRole.Activation))
        {
            _edges.Add(new FlowEdge(_writers.TryGetValue(input, out int writer) ? writer : null, position, input));
        }

        _writers.Add(output, position);
        int bits = position == 2 ? 8 : 4;
        _operators.Add(new OperatorQuality(
            number,
            place,
            kind,
            _tensors[output].Name,
            $"node {position}, Conv",
            place == OperatorPlace.Device ? kind : null,
            [.. inputs.Select(input => (int?)input)],
            [output],
            weights > 0 ? $"int{bits} per channel" : null,
            weights > 0 ? bits : null,
            type == "int8" ? 8 : 32,
            weights * bits / 8,
            weights * 1024L,
            weights > 0 ? "padding 1 above, 1 below, 1 left, 1 right, Relu fused" : "",
            error));
        return output;
    }

    private int Activation(string name, string type, int[] shape, ErrorFigures? error = null)
    {
        bool isQuantized = type == "int8";
        double largest = 1 + _random.NextDouble();
        _tensors.Add(new TensorQuality(name, TensorRole.Activation, type, shape, shape.Aggregate(1, (product, size) => product * size) * (isQuantized ? 1 : 4))
        {
            Scales = isQuantized ? [largest * 0.8 / 255] : [],
            ZeroPoints = isQuantized ? [-128] : [],
            Range = isQuantized ? new ValueRange(0, largest * 0.8) : null,
            Observed = new ValueRange(0, largest),
            Histogram = isQuantized ? new HistogramFigures(0, largest, [.. Enumerable.Range(0, 64).Select(bin => (long)(20_000 * Math.Exp(-bin / 6.0)) + _random.Next(3))]) : null,
            ClippedBelow = isQuantized ? 0 : null,
            ClippedAbove = isQuantized ? 0.0004 : null,
            RangeMethod = isQuantized ? "percentile 99.99" : null,
            Error = error,
        });
        return _tensors.Count - 1;
    }

    private int Weights(int[] shape)
    {
        double[] scales = [.. Enumerable.Range(0, shape[0]).Select(_ => 0.01 + (0.1 * _random.NextDouble()))];
        double largest = scales.Max() * 7;
        _tensors.Add(new TensorQuality($"weights {_tensors.Count}", TensorRole.Weights, "int4", shape, shape.Aggregate(1, (product, size) => product * size) / 2)
        {
            Scales = scales,
            ZeroPoints = [0],
            Axis = 0,
            Range = new ValueRange(-largest * 8 / 7, largest),
            Observed = new ValueRange(-largest, largest),
            Histogram = new HistogramFigures(-largest, largest, [.. Enumerable.Range(-32, 64).Select(bin => (long)(400 * Math.Exp(-bin * bin / 120.0)))]),
        });
        return _tensors.Count - 1;
    }
}
