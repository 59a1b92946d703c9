namespace EdgeQuant.Runtime.Model;

/// <summary>How a tensor's elements are packed into its bytes.</summary>
internal enum TensorEncoding
{
    /// <summary>One element after the other, row-major.</summary>
    Dense = 0,

    /// <summary>4-bit two's complement, two a byte, the first in the low nibble, without padding between rows.</summary>
    PackedInt4 = 1,

    /// <summary>A header (<see cref="ModelLayout.SharedData"/> bytes), codebooks of 8-bit elements, and indices of 2 to 8 bits into them.</summary>
    Shared = 2,
}
