using System.IO.Enumeration;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Ranges without samples: what the recipe says of single tensors, and nothing else. Tensors that it does not name are collected.</summary>
internal sealed class ExplicitRanges(Recipe recipe) : ITensorRanges
{
    private readonly HashSet<Tensor> _missing = [];

    /// <summary>The tensors whose range was asked for and is not known.</summary>
    public IReadOnlyCollection<Tensor> Missing => _missing;

    /// <inheritdoc/>
    public TensorRange RangeOf(Tensor tensor, CalibrationScheme calibration, int levels, bool symmetric)
    {
        if (recipe.Tensors.LastOrDefault(rule => FileSystemName.MatchesSimpleExpression(rule.Name, tensor.Name, ignoreCase: false))?.Range is (float minimum, float maximum))
        {
            return new TensorRange(minimum, maximum);
        }

        _missing.Add(tensor);
        return new TensorRange(0, 1);
    }
}
