using System.Collections.Concurrent;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>
/// Runs samples through a float network, once, and gathers what values its activations take. The result is the same to the bit for any number
/// of threads.
/// </summary>
internal sealed class Calibrator : IDisposable
{
    private readonly SampleSet _samples;
    private readonly Tensor[] _tensors;
    private readonly int[] _channels;
    private readonly ConcurrentBag<TensorRecorder[]> _recorders = [];
    private readonly TensorTotals[] _totals;
    private readonly CancellationTokenSource _failed = new();
    private DataException? _failure;

    private Calibrator(NetworkGraph graph, SampleSet samples)
    {
        _samples = samples;
        _tensors = [.. ActivationsOf(graph)];
        _channels = [.. _tensors.Select(tensor => tensor.Rank == 0 ? 1 : tensor.Shape[^1])];
        _totals = [.. _tensors.Select((tensor, i) => new TensorTotals(samples.Count, tensor.ElementCount, _channels[i]))];
    }

    /// <summary>Runs the samples and gathers.</summary>
    /// <param name="graph">The float network, simplified.</param>
    /// <param name="samples">The samples; at least one.</param>
    /// <param name="progress">Told how many records are done.</param>
    /// <param name="cancellation">Ends the run between two records.</param>
    /// <exception cref="UnsupportedNetworkException">The network has nodes that cannot be executed.</exception>
    /// <exception cref="DataException">There are no samples, or the network makes a number of one that is not finite.</exception>
    public static CalibrationStatistics Run(
        NetworkGraph graph, SampleSet samples, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (samples.Count == 0)
        {
            throw new DataException(samples.Source, "the number of samples", "0", "at least 1; a few hundred are a good number", "Give samples that are like those the device will see.");
        }

        using Calibrator calibrator = new(graph, samples);
        return calibrator.Run(FloatExecutor.Of(graph), progress, cancellation);
    }

    /// <summary>The activations of a network that hold real numbers: inputs, what nodes write, and states.</summary>
    public static IEnumerable<Tensor> ActivationsOf(NetworkGraph graph)
    {
        IEnumerable<Node> nodes = graph.HostBefore.Concat(graph.Nodes).Concat(graph.HostAfter);
        return graph.Inputs
            .Concat(nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Where(tensor => tensor.IsState).Concat(node.Outputs)))
            .Where(tensor => !tensor.IsConstant && tensor.ElementCount > 0 && HoldsRealNumbers(tensor))
            .Distinct();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _failed.Dispose();
    }

    private static bool HoldsRealNumbers(Tensor tensor)
    {
        return tensor.Quantization is not null || tensor.Type is DataType.Float32 or DataType.Float16 or DataType.Float64;
    }

    private CalibrationStatistics Run(FloatExecutor executor, IProgress<int>? progress, CancellationToken cancellation)
    {
        OrderedResults<RecordSummary> ordered = new(Reduce);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_failed.Token, cancellation);
        try
        {
            executor.RunAll(_samples, (record, workspace) => ordered.Add(record, Record(workspace)), progress, end.Token);
        }
        catch (OperationCanceledException) when (_failure is not null)
        {
            throw _failure;
        }

        if (_failure is not null)
        {
            throw _failure;
        }

        TensorRecorder[] all = NewRecorders();
        foreach (TensorRecorder[] recorders in _recorders)
        {
            for (int i = 0; i < all.Length; i++)
            {
                all[i].Add(recorders[i]);
            }
        }

        Dictionary<Tensor, TensorStatistics> statistics = [];
        for (int i = 0; i < all.Length; i++)
        {
            statistics.Add(_tensors[i], _totals[i].Statistics(_tensors[i].Name, all[i]));
        }

        return new CalibrationStatistics(_samples.Count, statistics);
    }

    private RecordSummary Record(FloatWorkspace workspace)
    {
        TensorRecorder[] recorders = _recorders.TryTake(out TensorRecorder[]? free) ? free : NewRecorders();
        RecordSummary summary = new(new RecordValues[_tensors.Length], new double[_tensors.Length][]);
        for (int i = 0; i < _tensors.Length; i++)
        {
            ReadOnlySpan<float> values = workspace[_tensors[i]];
            summary.Values[i] = RecordValues.Of(values);
            summary.ChannelSums[i] = new double[_channels[i]];
            recorders[i].Add(values, summary.ChannelSums[i]);
        }

        _recorders.Add(recorders);
        return summary;
    }

    private void Reduce(int record, RecordSummary summary)
    {
        for (int i = 0; i < _totals.Length && _failure is null; i++)
        {
            RecordValues values = summary.Values[i];
            if (!float.IsFinite(values.Minimum) || !float.IsFinite(values.Maximum))
            {
                _failure = NotFinite(record, _tensors[i], float.IsFinite(values.Minimum) ? values.Maximum : values.Minimum);
                _failed.Cancel();
                return;
            }

            _totals[i].Add(record, values, summary.ChannelSums[i]);
        }
    }

    private DataException NotFinite(int record, Tensor tensor, float found)
    {
        return new DataException(
            _samples.Source, $"tensor {tensor} for record {record}", $"{found}", "finite numbers",
            "The network makes it of this record: look at the record and at the weights before this tensor.");
    }

    private TensorRecorder[] NewRecorders()
    {
        return [.. _channels.Select(channels => new TensorRecorder(channels))];
    }
}
