using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Moves elements without computing: slices, concatenations, transposes, reversals, padding, broadcasts, tiles, space to depth and the like
/// are all one or several strided copies of bytes. Which bytes go where is decided on the desktop.
/// </summary>
/// <remarks>
/// Inputs: any number of dense tensors. Output: a dense tensor. Attributes: 1 if the output is filled first, else 0; the element that it is
/// filled with (only if it is); the number of regions; then each region as in <see cref="CopyRegion"/>. Source i of a region is input i;
/// source [number of inputs] is the output itself, for padding that mirrors what earlier regions wrote. The regions together write at
/// most as many bytes as the output has.
/// </remarks>
internal sealed class StridedCopy : Operator
{
    private readonly CopyRegion[] _regions;
    private readonly TensorData _output;
    private readonly int _elementBytes;
    private readonly bool _fills;
    private readonly int _fill;

    internal StridedCopy(OperatorReader reader)
    {
        reader.RequireOperands(reader.InputCount, 1, 0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(output, output.Type);
        _elementBytes = TensorTable.BytesOf(output.Type);
        reader.Require(_elementBytes <= 4, "the output has 64-bit elements.");
        TensorData[] sources = new TensorData[reader.InputCount + 1];
        for (int i = 0; i < reader.InputCount; i++)
        {
            TensorInfo input = reader.Input(i);
            reader.RequireType(input, input.Type);
            sources[i] = reader.Data(input);
        }

        _output = reader.Data(output);
        sources[reader.InputCount] = _output;
        _fills = reader.Attribute("fill mode", 0, 1) == 1;
        if (_fills)
        {
            int bits = 8 * _elementBytes;
            _fill = bits == 32
                ? reader.Attribute("fill value")
                : reader.Attribute("fill value", -(1 << (bits - 1)), (1 << (bits - 1)) - 1);
        }

        _regions = new CopyRegion[reader.Attribute("number of regions", 0, reader.AttributesLeft / CopyRegion.FewestAttributes)];
        long left = _output.Length;
        for (int i = 0; i < _regions.Length; i++)
        {
            _regions[i] = new CopyRegion(reader, sources, _output);
            left -= _regions[i].Bytes;
            reader.Require(left >= 0, "its regions write more bytes than the output has.");
        }
    }

    internal override void Run()
    {
        if (_fills)
        {
            Fill();
        }

        for (int i = 0; i < _regions.Length; i++)
        {
            _regions[i].Run();
        }
    }

    private void Fill()
    {
        switch (_elementBytes)
        {
            case 1:
                _output.Int8().Fill((sbyte)_fill);
                break;
            case 2:
                _output.Int16().Fill((short)_fill);
                break;
            default:
                _output.Int32().Fill(_fill);
                break;
        }
    }
}
