using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Blocks of bytes that are copied from one tensor to another, nested over axes: for every index (i0, i1, ...) the block at
/// offset + i0 x stride0 + i1 x stride1 + ..., with offset and strides of its own on either side.
/// </summary>
/// <remarks>
/// Attributes: source, source offset, target offset, bytes of a block, number of axes (at most <see cref="MaximumAxes"/>); then for each axis,
/// outermost first, its size, source stride and target stride. Offsets and strides count bytes; strides may be 0 or negative.
/// </remarks>
internal sealed class CopyRegion
{
    /// <summary>The most axes that a region may have.</summary>
    internal const int MaximumAxes = 16;

    /// <summary>The attributes of a region without axes.</summary>
    internal const int FewestAttributes = 5;

    private readonly KernelSet _kernels;
    private readonly TensorData _source;
    private readonly TensorData _target;
    private readonly int _sourceOffset;
    private readonly int _targetOffset;
    private readonly int _block;
    private readonly int[] _sizes;
    private readonly int[] _sourceStrides;
    private readonly int[] _targetStrides;

    /// <summary>Reads a region; checks that no index leaves either tensor, and that it copies no more bytes than the target has.</summary>
    /// <param name="reader">The operator's reader, at the region's first attribute.</param>
    /// <param name="sources">What the region may copy from.</param>
    /// <param name="target">What it copies to.</param>
    internal CopyRegion(OperatorReader reader, TensorData[] sources, TensorData target)
    {
        _kernels = reader.Kernels;
        _source = sources[reader.Attribute("source of a region", 0, sources.Length - 1)];
        _target = target;
        _sourceOffset = reader.Attribute("source offset of a region", 0, int.MaxValue);
        _targetOffset = reader.Attribute("target offset of a region", 0, int.MaxValue);
        _block = reader.Attribute("block of a region", 1, int.MaxValue);
        int axes = reader.Attribute("number of axes", 0, MaximumAxes);
        _sizes = new int[axes];
        _sourceStrides = new int[axes];
        _targetStrides = new int[axes];
        long bytes = _block;
        reader.Require((long)_sourceOffset + _block <= _source.Length && (long)_targetOffset + _block <= target.Length, "a region starts outside its tensors.");
        long sourceLow = _sourceOffset;
        long sourceHigh = (long)_sourceOffset + _block;
        long targetLow = _targetOffset;
        long targetHigh = (long)_targetOffset + _block;
        for (int axis = 0; axis < axes; axis++)
        {
            int size = reader.Attribute("size of an axis", 1, int.MaxValue);
            _sizes[axis] = size;
            _sourceStrides[axis] = reader.Attribute("source stride of an axis");
            _targetStrides[axis] = reader.Attribute("target stride of an axis");
            Reach(ref sourceLow, ref sourceHigh, size, _sourceStrides[axis]);
            Reach(ref targetLow, ref targetHigh, size, _targetStrides[axis]);
            bytes *= size;

            // Checked at every axis, so that none of these sums overflows.
            reader.Require(
                sourceLow >= 0 && sourceHigh <= _source.Length && targetLow >= 0 && targetHigh <= target.Length && bytes <= target.Length,
                "a region reaches outside its tensors.");
        }

        Bytes = (int)bytes;
    }

    /// <summary>How many bytes the region writes.</summary>
    internal int Bytes { get; }

    /// <summary>Copies the blocks.</summary>
    internal void Run()
    {
        Copy(_source.Int8(), _target.Int8(), 0, _sourceOffset, _targetOffset);
    }

    private static void Reach(ref long low, ref long high, int size, int stride)
    {
        long reach = ((long)size - 1) * stride;
        if (reach < 0)
        {
            low += reach;
        }
        else
        {
            high += reach;
        }
    }

    private void Copy(ReadOnlyInt8Vector source, Int8Vector target, int axis, int from, int to)
    {
        int inner = _sizes.Length - 1;
        if (inner < 0)
        {
            source.Slice(from, _block).CopyTo(target.Slice(to, _block));
            return;
        }

        int sourceStride = _sourceStrides[axis];
        int targetStride = _targetStrides[axis];
        if (axis == inner)
        {
            _kernels.CopyBlocks(source, from, sourceStride, target, to, targetStride, _sizes[axis], _block);
            return;
        }

        for (int i = 0; i < _sizes[axis]; i++)
        {
            Copy(source, target, axis + 1, from + (i * sourceStride), to + (i * targetStride));
        }
    }
}
