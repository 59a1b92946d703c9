using System.Collections.Concurrent;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Ranges without samples: none is known, and which are asked for is kept.</summary>
internal sealed class MissingRanges : ITensorRanges
{
    private readonly ConcurrentDictionary<Tensor, bool> _missing = [];

    /// <summary>The tensors whose range was asked for and used.</summary>
    public IReadOnlyCollection<Tensor> Tensors => [.. _missing.Keys];

    /// <inheritdoc/>
    public void Keep(IReadOnlySet<Tensor> used)
    {
        foreach (Tensor tensor in _missing.Keys.Where(tensor => !used.Contains(tensor)))
        {
            _missing.TryRemove(tensor, out _);
        }
    }

    /// <inheritdoc/>
    public TensorRange RangeOf(Tensor tensor, CalibrationScheme calibration, int levels, bool symmetric)
    {
        _missing.TryAdd(tensor, true);
        return new TensorRange(-1, 1);
    }
}
