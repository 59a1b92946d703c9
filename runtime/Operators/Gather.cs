using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Slices of a tensor at positions that another tensor gives. A position is a tuple of indices into as many axes; an index outside its
/// axis is taken as the nearest one inside.
/// </summary>
/// <remarks>
/// Inputs: data (dense, any type), indices (int32, [batches, positions, tuple] in any shape). Output: [batches, outer, positions, slice] in
/// any shape, type of the data. Attributes: batches, outer, indices in a tuple (1 to 8), bytes of a slice; then for each index of the tuple
/// the size of its axis and its stride in bytes. The data is [batches, outer, block]; each slice lies inside its block.
/// </remarks>
internal sealed class Gather : Operator
{
    private const int LongestTuple = 8;

    private readonly TensorData _data;
    private readonly TensorData _indices;
    private readonly TensorData _output;
    private readonly int _batches;
    private readonly int _outer;
    private readonly int _positions;
    private readonly int _slice;
    private readonly int _block;
    private readonly int[] _sizes;
    private readonly int[] _strides;

    internal Gather(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        TensorInfo data = reader.Input(0);
        TensorInfo indices = reader.Input(1);
        TensorInfo output = reader.Output(0);
        reader.RequireType(data, output.Type);
        reader.RequireType(output, data.Type);
        reader.RequireType(indices, ElementType.Int32);
        _batches = reader.Attribute("batches", 1, indices.ElementCount);
        _outer = reader.Attribute("outer size", 1, data.ByteLength);
        int tuple = reader.Attribute("indices in a tuple", 1, LongestTuple);
        _slice = reader.Attribute("bytes of a slice", 1, data.ByteLength);
        long blocks = (long)_batches * _outer;
        reader.Require(data.ByteLength % blocks == 0, "the data does not divide into its batches.");
        _block = (int)(data.ByteLength / blocks);
        long tuples = (long)_batches * tuple;
        reader.Require(indices.ElementCount % tuples == 0, "the indices do not divide into their batches.");
        _positions = (int)(indices.ElementCount / tuples);
        long slices = blocks * _positions;
        reader.Require(slices <= output.ByteLength && slices * _slice == output.ByteLength, "the output's size does not fit the indices and the slice.");
        _sizes = new int[tuple];
        _strides = new int[tuple];
        long reach = _slice;
        for (int i = 0; i < tuple; i++)
        {
            _sizes[i] = reader.Attribute("size of an axis", 1, data.ByteLength);
            _strides[i] = reader.Attribute("stride of an axis", 0, data.ByteLength);
            reach += ((long)_sizes[i] - 1) * _strides[i];
            reader.Require(reach <= _block, "its slices reach outside the data.");
        }

        _data = reader.Data(data);
        _indices = reader.Data(indices);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        ReadOnlyInt8Vector data = _data.Int8();
        ReadOnlyInt32Vector indices = _indices.Int32();
        Int8Vector output = _output.Int8();
        int to = 0;
        int block = 0;
        for (int batch = 0; batch < _batches; batch++)
        {
            for (int outer = 0; outer < _outer; outer++, block += _block)
            {
                int index = batch * _positions * _sizes.Length;
                for (int position = 0; position < _positions; position++, index += _sizes.Length, to += _slice)
                {
                    data.Slice(block + Offset(indices, index), _slice).CopyTo(output.Slice(to, _slice));
                }
            }
        }
    }

    private int Offset(ReadOnlyInt32Vector indices, int first)
    {
        int offset = 0;
        for (int i = 0; i < _sizes.Length; i++)
        {
            int index = indices[first + i];
            int last = _sizes[i] - 1;
            offset += (index < 0 ? 0 : index > last ? last : index) * _strides[i];
        }

        return offset;
    }
}
