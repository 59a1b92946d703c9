using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime;

/// <summary>
/// The self-test section: records of inputs, and the outputs that they must give, byte for byte. Inputs stand in the file or are drawn from a
/// seed; outputs stand in the file or as their CRC-32C. The records run in order from a reset, so state is tested too.
/// </summary>
internal sealed class SelfTest
{
    private readonly FileSection _section;
    private readonly long _inputBytes;
    private readonly long _outputBytes;
    private readonly bool _literalInputs;
    private readonly bool _literalOutputs;

    /// <summary>Checks that the section holds all that it declares.</summary>
    /// <param name="file">The file; it may have no such section.</param>
    /// <param name="inputBytes">Bytes of all inputs of one record.</param>
    /// <param name="outputBytes">Bytes of all outputs of one record.</param>
    internal SelfTest(ModelFile file, long inputBytes, long outputBytes)
    {
        _inputBytes = inputBytes;
        _outputBytes = outputBytes;
        if (!file.Has(SectionKind.SelfTest))
        {
            return;
        }

        _section = file.Require(SectionKind.SelfTest, "self-test", ModelLayout.SelfTestData);
        Records = _section.UInt16(ModelLayout.SelfTestRecords);
        int form = _section.UInt16(ModelLayout.SelfTestForm);
        if (form > (ModelLayout.SelfTestLiteralInputs | ModelLayout.SelfTestLiteralOutputs))
        {
            throw ModelFile.Error("form of the self-test", form, 0, ModelLayout.SelfTestLiteralInputs | ModelLayout.SelfTestLiteralOutputs);
        }

        _literalInputs = (form & ModelLayout.SelfTestLiteralInputs) != 0;
        _literalOutputs = (form & ModelLayout.SelfTestLiteralOutputs) != 0;
        long needed = ModelLayout.SelfTestData + (Records * RecordBytes);
        if (needed != _section.Length)
        {
            throw new ModelFormatException(
                "The self-test section has " + _section.Length.ToString() + " bytes; its " + Records.ToString() + " records take " + needed.ToString() + ".");
        }
    }

    /// <summary>The number of records; 0 if the file has no self-test.</summary>
    internal int Records { get; }

    private long RecordBytes => (_literalInputs ? _inputBytes : 0) + (_literalOutputs ? _outputBytes : 4);

    /// <summary>Runs all records from a reset and leaves the network reset.</summary>
    /// <returns>The first record that gives other bytes, or -1 if all are right.</returns>
    internal int Run(Network network, TensorData[] inputs, TensorData[] outputs, Boundary boundary)
    {
        network.Reset();
        uint seed = Records > 0 ? (uint)_section.Int32(ModelLayout.SelfTestSeed) : 0;
        int failed = -1;
        for (int record = 0; record < Records && failed < 0; record++)
        {
            int at = ModelLayout.SelfTestData + (int)(record * RecordBytes);
            for (int i = 0; i < inputs.Length; i++)
            {
                if (_literalInputs)
                {
                    at = CopyInput(inputs[i], at);
                }
                else
                {
                    seed = SelfTestInputs.Fill(inputs[i].Int8(), boundary.Input(i).Type, seed);
                }
            }

            network.Invoke();
            if (!Matches(outputs, at))
            {
                failed = record;
            }
        }

        network.Reset();
        return failed;
    }

    private int CopyInput(TensorData input, int at)
    {
        Int8Vector target = input.Int8();
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (sbyte)_section.UInt8(at + i);
        }

        return at + target.Length;
    }

    private bool Matches(TensorData[] outputs, int at)
    {
        bool same = true;
        uint crc = Crc32C.Start;
        for (int i = 0; i < outputs.Length; i++)
        {
            ReadOnlyInt8Vector output = outputs[i].Int8();
            for (int k = 0; k < output.Length; k++)
            {
                if (_literalOutputs)
                {
                    same &= (byte)output[k] == _section.UInt8(at + k);
                }
                else
                {
                    crc = Crc32C.Append(crc, (byte)output[k]);
                }
            }

            at += _literalOutputs ? output.Length : 0;
        }

        return _literalOutputs ? same : (int)Crc32C.Finish(crc) == _section.Int32(at);
    }
}
