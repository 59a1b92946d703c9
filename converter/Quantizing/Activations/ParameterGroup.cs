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

    /// <summary>Ranges of constants that share the group's parameters.</summary>
    public List<TensorRange> Constants { get; } = [];

    /// <summary>Prescribed parameters; null if they follow from the ranges.</summary>
    public Quantization? Fixed { get; set; }

    /// <summary>True if the ends of its range mean something: no wider range may take its place.</summary>
    public bool IsPinned { get; set; }

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
        into.Constants.AddRange(from.Constants);
        into.Fixed ??= from.Fixed;
        into.IsPinned |= from.IsPinned;
        from._parent = into;
    }
}
