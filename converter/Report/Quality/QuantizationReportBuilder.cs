using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Lower;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>Gathers a report from what a conversion left behind. What only some conversions have (accuracy, calibration, repairs) is added to the result.</summary>
internal sealed class QuantizationReportBuilder
{
    private readonly ReportSource _source;
    private readonly NetworkGraph _graph;
    private readonly ModelReport _model;
    private readonly TensorList _tensors;
    private readonly FlowTracker _flow;
    private readonly List<OperatorQuality> _operators = [];

    private QuantizationReportBuilder(ReportSource source)
    {
        _source = source;
        _graph = source.Conversion.Graph;
        _model = ModelInspector.Inspect(source.Conversion.File);
        IEnumerable<Node> nodes = _graph.HostBefore.Concat(source.Conversion.Network.Operators.Select(op => op.Node)).Concat(_graph.HostAfter);
        _tensors = new TensorList(nodes.SelectMany(NodeWeights.Of).ToHashSet(), source.Observations);
        _flow = new FlowTracker(_tensors);
    }

    /// <summary>Makes the report.</summary>
    public static QuantizationReport Build(ReportSource source)
    {
        return new QuantizationReportBuilder(source).Build();
    }

    private QuantizationReport Build()
    {
        int[] inputs = [.. _graph.Inputs.Select(_tensors.PositionOf)];
        _graph.Inputs.ForEach(input => _flow.Give(input));
        AddHost(_graph.HostBefore, OperatorPlace.HostBefore);
        AddDevice();
        AddHost(_graph.HostAfter, OperatorPlace.HostAfter);
        int[] outputs = [.. _graph.Outputs.Select(_tensors.PositionOf)];
        _graph.Outputs.ForEach(output => _flow.Take(output));
        ModelCard card = _source.Conversion.Card;
        return new QuantizationReport
        {
            Subject = new ReportSubject(
                Path.GetFileNameWithoutExtension(card.Source.File), card.Source.File, card.Source.Importer, card.Source.Sha256, card.Tool, _source.Made, SchemeText.Of(_operators)),
            Sizes = new SizeFigures(
                _source.Report.SourceBytes,
                _source.Report.FileBytes,
                _source.Report.StateBytes,
                _source.Report.LoadBytes,
                _source.Report.Macs,
                _source.Report.SourceOperators,
                _source.Report.SelfTestRecords,
                _model.Sections),
            Warnings = _source.Report.Warnings,
            Tensors = _tensors.Described(),
            Inputs = inputs,
            Outputs = outputs,
            Operators = _operators,
            Edges = _flow.Edges,
            Arena = new ArenaFigures(_model.ArenaBytes, _source.Report.ArenaLowerBound, _source.Report.InPlaceOperators, _model.Operators.Count, _model.Buffers),
        };
    }

    private void AddHost(List<Node> nodes, OperatorPlace place)
    {
        foreach (Node node in nodes)
        {
            string number = "h" + _operators.Count(op => op.Place != OperatorPlace.Device);
            _flow.Read(_operators.Count, node.Inputs.OfType<Tensor>());
            _flow.Write(_operators.Count, node.Outputs);
            Add(node, number, place, null, [.. node.Inputs.Select(_tensors.PositionOfOptional)], [.. node.Outputs.Select(_tensors.PositionOf)], 0, 0);
        }
    }

    private void AddDevice()
    {
        List<LoweredOperator> operators = _source.Conversion.Network.Operators;
        for (int i = 0; i < operators.Count; i++)
        {
            LoweredOperator op = operators[i];
            bool isFirst = i == 0 || operators[i - 1].Node != op.Node;
            bool isLast = i == operators.Count - 1 || operators[i + 1].Node != op.Node;
            int?[] inputs = isFirst ? [.. op.Node.Inputs.Select(_tensors.PositionOfOptional)] : [.. op.Inputs.Where(TensorList.IsActivation).Select(input => (int?)_tensors.PositionOf(input!))];
            int[] outputs = isLast ? [.. op.Node.Outputs.Select(_tensors.PositionOf)] : [.. op.Outputs.Select(_tensors.PositionOf)];
            _flow.Read(_operators.Count, op.Inputs);
            _flow.Write(_operators.Count, op.Outputs);
            OperatorReport file = _model.Operators[i];
            Add(op.Node, i.ToString(), OperatorPlace.Device, file.Kind, inputs, outputs, file.ConstantBytes, file.Macs);
        }
    }

    private void Add(Node node, string number, OperatorPlace place, string? deviceKind, int?[] inputs, int[] outputs, long constantBytes, long macs)
    {
        Tensor? weights = NodeWeights.Of(node).FirstOrDefault();
        Tensor? output = node.Outputs.FirstOrDefault();
        _operators.Add(new OperatorQuality(
            number,
            place,
            node.Operation.Name,
            output?.Name ?? "",
            node.Source.ToString(),
            deviceKind,
            inputs,
            outputs,
            weights is null ? null : SchemeText.Of(weights),
            weights is null ? null : SchemeText.Bits(weights),
            output is null ? 0 : SchemeText.Bits(output.Type),
            constantBytes,
            macs,
            AttributeText.Of(node.Operation),
            output is not null && _source.Observations.TryGetValue(output, out TensorObservation? observation) ? observation.Error : null));
    }
}
