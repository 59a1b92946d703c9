using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The state section: what each piece of the state holds before the first inference and after a reset.</summary>
internal sealed class StateReset
{
    private readonly NetworkMemory _memory;
    private readonly FileSection _section;
    private readonly int _count;

    /// <summary>Checks every record. A file without the section has a state of zeros.</summary>
    internal StateReset(ModelFile file, NetworkMemory memory)
    {
        _memory = memory;
        if (!file.Has(SectionKind.State))
        {
            return;
        }

        _section = file.Require(SectionKind.State, "state", ModelLayout.StateRecords);
        _count = _section.Int32(ModelLayout.StateCount);
        int most = (_section.Length - ModelLayout.StateRecords) / ModelLayout.StateRecordBytes;
        if (_count < 0 || _count > most)
        {
            throw ModelFile.Error("number of state records", _count, 0, most);
        }

        for (int i = 0; i < _count; i++)
        {
            Check(file, i);
        }
    }

    /// <summary>Puts the whole state back to its start.</summary>
    internal void Run()
    {
        sbyte[] state = _memory.State;
        for (int i = 0; i < state.Length; i++)
        {
            state[i] = 0;
        }

        for (int i = 0; i < _count; i++)
        {
            int offset = Field(i, ModelLayout.StateOffset);
            int length = Field(i, ModelLayout.StateLength);
            int constant = Field(i, ModelLayout.StateConstant);
            if (constant != ModelLayout.StateIsFilled)
            {
                _memory.CopyConstant(constant, state, offset, length);
                continue;
            }

            sbyte fill = (sbyte)Field(i, ModelLayout.StateFill);
            for (int k = 0; k < length; k++)
            {
                state[offset + k] = fill;
            }
        }
    }

    private int Field(int record, int field)
    {
        return _section.Int32(ModelLayout.StateRecords + (record * ModelLayout.StateRecordBytes) + field);
    }

    private void Check(ModelFile file, int record)
    {
        int length = Field(record, ModelLayout.StateLength);
        RequireRange(record, "length", length, 0, file.StateBytes);
        RequireRange(record, "offset", Field(record, ModelLayout.StateOffset), 0, file.StateBytes - length);
        int constant = Field(record, ModelLayout.StateConstant);
        if (constant != ModelLayout.StateIsFilled)
        {
            RequireRange(record, "constant", constant, 0, file.LengthOf(SectionKind.Constants) - length);
        }

        RequireRange(record, "fill", Field(record, ModelLayout.StateFill), -128, 127);
    }

    private static void RequireRange(int record, string field, int found, int minimum, int maximum)
    {
        if (found < minimum || found > maximum)
        {
            throw ModelFile.Error("state record " + record.ToString() + "'s " + field, found, minimum, maximum);
        }
    }
}
