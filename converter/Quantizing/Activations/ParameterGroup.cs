using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;

namespace EdgeQuant.Converter.Quantizing.Activations;

/// <summary>Tensors that have one scale and zero point. Groups are joined; <see cref="Root"/> is what is left of all that were.</summary>
internal sealed class ParameterGroup
{
    private ParameterGroup? _parent;

    /// <summary>The group that this one has become.</summary>
    public ParameterGroup Root
    {
        get
        {
            ParameterGroup root = this;
            while (root._parent is not null)
            {
                root = root._parent;
            }

            return root;
        }
    }

    /// <summary>The activations in it.</summary>
    public List<Tensor> Tensors { get; } = [];

    /// <summary>Ranges of what else is brought to the group's parameters: constants, inputs that are converted.</summary>
    public List<TensorRange> Ranges { get; } = [];

    /// <summary>True if the zero point must be 0.</summary>
    public bool IsSymmetric { get; set; }

    /// <summary>Prescribed parameters; null if they follow from the ranges.</summary>
    public Quantization? Fixed { get; set; }

    /// <summary>The parameters, when they are found.</summary>
    public Quantization? Quantization { get; set; }

    /// <summary>Makes one group of two.</summary>
    public void Join(ParameterGroup other)
    {
        ParameterGroup into = Root;
        ParameterGroup from = other.Root;
        if (into == from)
        {
            return;
        }

        into.Tensors.AddRange(from.Tensors);
        into.Ranges.AddRange(from.Ranges);
        into.IsSymmetric |= from.IsSymmetric;
        into.Fixed ??= from.Fixed;
        from._parent = into;
    }
}
