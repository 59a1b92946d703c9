using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// A convolution of data whose pieces it sees several times, one behind the other: of elements, where each input channel makes several outputs of a depthwise
/// convolution; of rows, where a weight is the sum of several (<see cref="SymmetricParts"/>).
/// </summary>
internal sealed class RepeatedData : ConvolutionKernel
{
    private readonly ConvolutionKernel _kernel;
    private readonly int _pieceBytes;
    private readonly int _times;

    /// <summary>The repeated pieces, and room behind them that a write may reach into.</summary>
    private readonly sbyte[] _data;
    private readonly int _dataBytes;

    /// <param name="kernel">The convolution of the repeated data.</param>
    /// <param name="inputBytes">The bytes of the data as they are.</param>
    /// <param name="pieceBytes">The bytes of a piece.</param>
    /// <param name="times">How often each piece stands there, 2 or more.</param>
    internal RepeatedData(ConvolutionKernel kernel, int inputBytes, int pieceBytes, int times)
    {
        _kernel = kernel;
        _pieceBytes = pieceBytes;
        _times = times;
        _dataBytes = inputBytes * times;
        _data = new sbyte[_dataBytes + sizeof(ulong)];
    }

    internal override long HeldBytes => _kernel.HeldBytes + _data.Length;

    internal override void Run(TensorData input, TensorData output)
    {
        Repeat(input.Int8());
        _kernel.Run(new TensorData(_data, 0, _dataBytes), output);
    }

    private void Repeat(ReadOnlySpan<sbyte> input)
    {
        if (_pieceBytes * _times <= sizeof(ulong) && _pieceBytes <= sizeof(short))
        {
            if (_pieceBytes == 1)
            {
                RepeatBytes(MemoryMarshal.AsBytes(input));
            }
            else
            {
                RepeatPairs(MemoryMarshal.Cast<sbyte, ushort>(input));
            }

            return;
        }

        int step = _times * _pieceBytes;
        for (int time = 0; time < _times; time++)
        {
            ByteBlocks.Copy(input, _pieceBytes, _data.AsSpan(time * _pieceBytes), step, input.Length / _pieceBytes, _pieceBytes);
        }
    }

    /// <summary>Eight copies of each byte, of which the next ones overwrite those that are too many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RepeatBytes(ReadOnlySpan<byte> input)
    {
        ref byte target = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetArrayDataReference(_data));
        nint step = _times;
        foreach (byte value in input)
        {
            Unsafe.WriteUnaligned(ref target, value * 0x0101_0101_0101_0101UL);
            target = ref Unsafe.Add(ref target, step);
        }
    }

    /// <summary>Four copies of each pair of bytes, of which the next ones overwrite those that are too many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RepeatPairs(ReadOnlySpan<ushort> input)
    {
        ref byte target = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetArrayDataReference(_data));
        nint step = _times * sizeof(ushort);
        foreach (ushort value in input)
        {
            Unsafe.WriteUnaligned(ref target, value * 0x0001_0001_0001_0001UL);
            target = ref Unsafe.Add(ref target, step);
        }
    }
}
