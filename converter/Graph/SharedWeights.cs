using System.Numerics;

namespace EdgeQuant.Converter.Graph;

/// <summary>
/// How the few values of a constant's int8 elements are shared (Han et al. 2016, "Deep Compression"): stored are codebooks and an index for
/// each element. The elements themselves stand in <see cref="Tensor.Data"/> as those of any int8 constant; each is an entry of its codebook.
/// </summary>
/// <param name="Codebooks">One codebook for all elements, or one for each slice along an axis. Each has 1 to 256 entries, ascending, all different.</param>
/// <param name="Axis">The axis that the slices lie along; meaningless with one codebook.</param>
internal sealed record SharedWeights(IReadOnlyList<sbyte[]> Codebooks, int Axis)
{
    private const int FewestBits = 2;

    /// <summary>True if each slice along <see cref="Axis"/> has a codebook of its own.</summary>
    public bool IsPerChannel => Codebooks.Count > 1;

    /// <summary>The entries of the largest codebook, 2 at least: all are stored with as many.</summary>
    public int Entries => Math.Max(2, Codebooks.Max(codebook => codebook.Length));

    /// <summary>The bits of an index, 2 to 8.</summary>
    public int IndexBits => Math.Max(FewestBits, BitOperations.Log2((uint)Entries - 1) + 1);
}
