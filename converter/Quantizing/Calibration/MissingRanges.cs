using System.Collections.Concurrent;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Ranges without samples: none is known, and which are asked for is kept.</summary>
internal sealed class MissingRanges : ITensorRanges
{
    private readonly ConcurrentDictionary<Tensor, bool> _missing = [];

    /// <summary>The tensors whose range was asked for.</summary>
    public IReadOnlyCollection<Tensor> Tensors => [.. _missing.Keys];

    /// <inheritdoc/>
    public TensorRange RangeOf(Tensor tensor, CalibrationScheme calibration, int levels, bool symmetric)
    {
        _missing.TryAdd(tensor, true);
        return new TensorRange(-1, 1);
    }
}
