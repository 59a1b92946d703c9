using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Products of few vectors of 8-bit data with a matrix of weights that take few values: the matrix is read two weights a byte, and looked up in
/// registers.
/// </summary>
internal abstract class NibbleProduct : ConvolutionKernel
{
    /// <summary>The most vectors: for more it takes longer to look up weights again for each of them than is saved.</summary>
    internal const int MostRows = 2;

    /// <summary>Fewer weights come from the caches faster than they are looked up.</summary>
    internal const int FewestWeights = 1 << 19;

    /// <summary>Outputs that are computed at once; a matrix has no fewer.</summary>
    internal const int Tile = 4;

    private readonly Requantizer _requantizer;
    private readonly int _columns;
    private readonly int _groups;
    private readonly byte _flip;
    private readonly int[] _bias;
    private readonly int[] _sums;

    /// <summary>A vector of data, 0 behind its last element up to a whole group.</summary>
    private readonly AlignedArray<byte> _data;

    /// <param name="weights">The matrix [outputs, columns].</param>
    /// <param name="nibbles">The same, a block for each output.</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="requantizer">What finishes the accumulators.</param>
    /// <param name="flip">The bits of every input byte that are turned over: 0x80 for unsigned data, 0 for signed.</param>
    protected NibbleProduct(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer, byte flip)
    {
        _requantizer = requantizer;
        _columns = weights.Length / parameters.Rows;
        _flip = flip;
        Weights = nibbles;
        _groups = (_columns + NibbleWeights.Group - 1) / NibbleWeights.Group;
        _bias = new int[parameters.Rows];
        for (int row = 0; row < _bias.Length; row++)
        {
            _bias[row] = QuadBias.Of(weights.Slice(row * _columns, _columns), 1, row, parameters, flip);
        }

        requantizer.Start(_bias);
        _sums = new int[requantizer.PixelStride + Requantizer.Lanes];
        _data = new AlignedArray<byte>(_groups * NibbleWeights.Group);
    }

    internal sealed override long HeldBytes => Weights.HeldBytes + _data.HeldBytes + (sizeof(int) * ((long)_bias.Length + _sums.Length));

    /// <summary>The matrix, a block for each output.</summary>
    protected NibbleWeights Weights { get; }

    internal sealed override void Run(TensorData input, TensorData output)
    {
        Run(input.Int8(), output.Int8());
    }

    private void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        while (!input.IsEmpty)
        {
            Load(input[.._columns]);
            for (int row = 0; row < _bias.Length; row += Tile)
            {
                // The last tile computes some outputs again.
                int first = Math.Min(row, _bias.Length - Tile);
                Accumulate(first, ref _data.First, _groups, ref _bias[first], ref _sums[first]);
            }

            _requantizer.Run(_sums, output[.._bias.Length]);
            input = input[_columns..];
            output = output[_bias.Length..];
        }
    }

    /// <summary>Computes the accumulators of a tile of outputs.</summary>
    /// <param name="row">The first output.</param>
    /// <param name="data">The vector of data.</param>
    /// <param name="groups">The groups of a block of weights, for each of which there are so many data.</param>
    /// <param name="bias">What the accumulators start with.</param>
    /// <param name="sums">The accumulators.</param>
    protected abstract void Accumulate(int row, ref byte data, nint groups, ref int bias, ref int sums);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(ReadOnlySpan<sbyte> input)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(input);
        ref byte data = ref _data.First;
        Vector128<byte> flip = Vector128.Create(_flip);
        int i = 0;
        for (; i <= input.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            (Vector128.LoadUnsafe(ref values, (nuint)i).AsByte() ^ flip).StoreUnsafe(ref data, (nuint)i);
        }

        for (; i < input.Length; i++)
        {
            Unsafe.Add(ref data, i) = (byte)((byte)Unsafe.Add(ref values, i) ^ _flip);
        }
    }
}
