using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>The tensors of a report, each once, in the order in which they are first asked for.</summary>
/// <param name="weights">The constants that are weights.</param>
/// <param name="observations">What is known of tensors.</param>
internal sealed class TensorList(IReadOnlySet<Tensor> weights, IReadOnlyDictionary<Tensor, TensorObservation> observations)
{
    private readonly List<TensorQuality> _tensors = [];
    private readonly Dictionary<object, int> _positions = [];

    /// <summary>True if an operand of the device is a value that flows, not a constant.</summary>
    public static bool IsActivation(LoweredTensor? operand)
    {
        return operand is { Storage: not TensorStorage.Constant };
    }

    public IReadOnlyList<TensorQuality> Described()
    {
        return _tensors;
    }

    public int PositionOf(Tensor tensor)
    {
        return PositionOf(tensor, () => Describe(tensor));
    }

    public int? PositionOfOptional(Tensor? tensor)
    {
        return tensor is null ? null : PositionOf(tensor);
    }

    /// <summary>The position of an operand of the device: that of the graph's tensor that it holds, if it holds one.</summary>
    public int PositionOf(LoweredTensor operand)
    {
        return operand.Source is Tensor source
            ? PositionOf(source)
            : PositionOf(operand, () => new TensorQuality("(between two steps of an operator)", TensorRole.Activation, operand.Type.ToString().ToLowerInvariant(), operand.Shape, operand.ByteLength));
    }

    private int PositionOf(object key, Func<TensorQuality> describe)
    {
        if (!_positions.TryGetValue(key, out int position))
        {
            position = _tensors.Count;
            _positions.Add(key, position);
            _tensors.Add(describe());
        }

        return position;
    }

    private TensorQuality Describe(Tensor tensor)
    {
        TensorRole role = tensor.IsState ? TensorRole.State : !tensor.IsConstant ? TensorRole.Activation : weights.Contains(tensor) ? TensorRole.Weights : TensorRole.Constant;
        TensorQuality described = new(tensor.Name, role, SchemeText.Type(tensor), tensor.Shape, BytesOf(tensor));
        if (tensor.Quantization is Quantization quantization)
        {
            described = described with
            {
                Scales = Array.ConvertAll(quantization.Scales, scale => (double)scale),
                ZeroPoints = quantization.ZeroPoints.Distinct().Count() == 1 ? quantization.ZeroPoints[..1] : quantization.ZeroPoints,
                Axis = quantization.IsPerChannel ? quantization.Axis : null,
                Range = QuantizedRange.Of(tensor),
            };
        }

        if (observations.TryGetValue(tensor, out TensorObservation? observation))
        {
            described = described with
            {
                Histogram = observation.Histogram,
                Observed = observation.Observed,
                ClippedBelow = observation.ClippedBelow,
                ClippedAbove = observation.ClippedAbove,
                RangeMethod = observation.RangeMethod,
                Error = observation.Error,
            };
        }

        return role == TensorRole.Weights && described.Histogram is null && ConstantValues.Of(tensor) is float[] values && HistogramFigures.Of(values) is HistogramFigures histogram
            ? described with { Histogram = histogram, Observed = new ValueRange(histogram.Minimum, histogram.Maximum) }
            : described;
    }

    /// <summary>The bytes that are stored.</summary>
    private static long BytesOf(Tensor tensor)
    {
        if (tensor.Shared is SharedWeights shared)
        {
            int rows = tensor.Rank == 0 ? 1 : tensor.Shape[0];
            return SharedLayout.Bytes(rows, tensor.ElementCount / rows, shared.IndexBits, shared.Entries, shared.Codebooks.Count);
        }

        return ((tensor.ElementCount * (long)SchemeText.Bits(tensor.Type)) + 7) / 8;
    }
}
