using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// What an operator's constructor reads its record through: operands by position, attributes one after the other. Every method refuses what
/// is out of range with a message that names the operator and the field.
/// </summary>
internal sealed partial class OperatorReader
{
    private readonly TensorTable _tensors;
    private readonly NetworkMemory _memory;
    private FileSection _section;
    private int _index;
    private int _record;
    private int _attribute;
    private int _attributesEnd;

    internal OperatorReader(TensorTable tensors, NetworkMemory memory, KernelSet kernels)
    {
        _tensors = tensors;
        _memory = memory;
        Kernels = kernels;
    }

    internal KernelSet Kernels { get; }

    internal Workspace Workspace => _memory.Workspace;

    internal OperatorKind Kind { get; private set; }

    internal int InputCount { get; private set; }

    internal int OutputCount { get; private set; }

    internal int ScratchCount { get; private set; }

    internal int AttributesLeft => (_attributesEnd - _attribute) / 4;

    /// <summary>Moves to the operator at a byte of the section; returns the byte after it.</summary>
    internal int Open(FileSection section, int index, int record)
    {
        _section = section;
        _index = index;
        _record = record;
        if (record > section.Length - ModelLayout.OperatorOperands)
        {
            throw new ModelFormatException("Operator " + index.ToString() + " starts at byte " + record.ToString() + ", past the end of the operators section.");
        }

        Kind = (OperatorKind)section.UInt16(record + ModelLayout.OperatorKindField);
        InputCount = section.UInt8(record + ModelLayout.OperatorInputs);
        OutputCount = section.UInt8(record + ModelLayout.OperatorOutputs);
        ScratchCount = section.UInt8(record + ModelLayout.OperatorScratch);
        int operands = InputCount + OutputCount + ScratchCount;
        _attribute = record + ModelLayout.OperatorOperands + (((operands * 2) + 3) / 4 * 4);
        _attributesEnd = _attribute + (section.UInt16(record + ModelLayout.OperatorAttributes) * 4);
        if (_attributesEnd > section.Length)
        {
            throw Error("its operands and attributes reach past the end of the operators section.");
        }

        if (section.UInt8(record + ModelLayout.OperatorReserved) != 0)
        {
            throw Error("its reserved byte is not 0.");
        }

        for (int i = 0; i < operands; i++)
        {
            int tensor = TensorAt(i);
            if (tensor >= _tensors.Count && (tensor != ModelLayout.NoTensor || i >= InputCount))
            {
                throw Error("operand " + i.ToString() + " is tensor " + tensor.ToString() + "; the file has " + _tensors.Count.ToString() + " tensors.");
            }
        }

        return _attributesEnd;
    }

    /// <summary>Checks that the operator has consumed all its attributes.</summary>
    internal void Close()
    {
        if (_attribute != _attributesEnd)
        {
            throw Error("it has " + AttributesLeft.ToString() + " attributes too many.");
        }
    }

    /// <summary>The tensor index of an operand: inputs first, then outputs, then scratch; <see cref="ModelLayout.NoTensor"/> if absent.</summary>
    internal int TensorAt(int operand)
    {
        return _section.UInt16(_record + ModelLayout.OperatorOperands + (operand * 2));
    }

    internal void RequireOperands(int inputs, int outputs, int scratch)
    {
        if (InputCount != inputs || OutputCount != outputs || ScratchCount != scratch)
        {
            throw Error(
                "it has " + InputCount.ToString() + " inputs, " + OutputCount.ToString() + " outputs and " + ScratchCount.ToString() + " scratch tensors; its kind has "
                + inputs.ToString() + ", " + outputs.ToString() + " and " + scratch.ToString() + ".");
        }
    }

    internal bool HasInput(int position)
    {
        return position < InputCount && TensorAt(position) != ModelLayout.NoTensor;
    }

    internal TensorInfo Input(int position)
    {
        if (!HasInput(position))
        {
            throw Error("input " + position.ToString() + " is absent.");
        }

        return new TensorInfo(_tensors, TensorAt(position));
    }

    internal TensorInfo Output(int position)
    {
        if (position >= OutputCount)
        {
            throw Error("output " + position.ToString() + " is absent.");
        }

        return new TensorInfo(_tensors, TensorAt(InputCount + position));
    }

    internal TensorInfo Scratch(int position)
    {
        if (position >= ScratchCount)
        {
            throw Error("scratch " + position.ToString() + " is absent.");
        }

        return new TensorInfo(_tensors, TensorAt(InputCount + OutputCount + position));
    }

    /// <summary>The next attribute, checked against its range (both ends allowed).</summary>
    internal int Attribute(string name, int minimum, int maximum)
    {
        return Attribute("", name, minimum, maximum);
    }

    /// <summary>Like <see cref="Attribute(string, int, int)"/>; messages put the subject before the name.</summary>
    internal int Attribute(string subject, string name, int minimum, int maximum)
    {
        if (_attribute == _attributesEnd)
        {
            throw Error("the attribute '" + subject + (subject.Length > 0 ? " " : "") + name + "' is missing.");
        }

        int value = _section.Int32(_attribute);
        _attribute += 4;
        if (value < minimum || value > maximum)
        {
            throw Error("the " + subject + (subject.Length > 0 ? " " : "") + name + " is " + value.ToString() + "; allowed is " + minimum.ToString() + " to " + maximum.ToString() + ".");
        }

        OnAttribute(name, value);
        return value;
    }

    /// <summary>The next attribute, which may be any 32-bit value.</summary>
    internal int Attribute(string name)
    {
        return Attribute(name, int.MinValue, int.MaxValue);
    }

    /// <summary>Where an operand's bytes are at run time.</summary>
    internal TensorData Data(TensorInfo tensor)
    {
        return _memory.Data(tensor);
    }

    /// <summary>A constant of 32-bit elements (bias, multipliers), dense and in the constants section.</summary>
    internal Int32ParameterData Int32Parameters(TensorInfo tensor, int count)
    {
        RequireParameters(tensor, ElementType.Int32, count);
        return _memory.Int32Parameters(tensor);
    }

    /// <summary>A constant of 64-bit elements (biases of 16-bit operators).</summary>
    internal Int64ParameterData Int64Parameters(TensorInfo tensor, int count)
    {
        RequireParameters(tensor, ElementType.Int64, count);
        return _memory.Int64Parameters(tensor);
    }

    /// <summary>A constant of 16-bit elements (look-up tables).</summary>
    internal Int16ParameterData Int16Parameters(TensorInfo tensor, int count)
    {
        RequireParameters(tensor, ElementType.Int16, count);
        return _memory.Int16Parameters(tensor);
    }

    internal void RequireType(TensorInfo tensor, ElementType type)
    {
        if (tensor.Type != type || tensor.Encoding != TensorEncoding.Dense)
        {
            throw Error("tensor " + tensor.Index.ToString() + " has element type " + ((int)tensor.Type).ToString() + "; needed is a dense " + ((int)type).ToString() + ".");
        }
    }

    internal void RequireRank(TensorInfo tensor, int rank)
    {
        if (tensor.Rank != rank)
        {
            throw Error("tensor " + tensor.Index.ToString() + " has rank " + tensor.Rank.ToString() + "; needed is " + rank.ToString() + ".");
        }
    }

    internal void RequireElements(TensorInfo tensor, int count)
    {
        if (tensor.ElementCount != count)
        {
            throw Error("tensor " + tensor.Index.ToString() + " has " + tensor.ElementCount.ToString() + " elements; needed are " + count.ToString() + ".");
        }
    }

    internal void RequireBytes(TensorInfo tensor, long bytes)
    {
        if (tensor.ByteLength < bytes)
        {
            throw Error("tensor " + tensor.Index.ToString() + " has " + tensor.ByteLength.ToString() + " bytes; needed are " + bytes.ToString() + ".");
        }
    }

    /// <summary>Refuses the file unless the condition holds.</summary>
    internal void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw Error(otherwise);
        }
    }

    internal ModelFormatException Error(string message)
    {
        return new ModelFormatException("Operator " + _index.ToString() + " (" + OperatorKinds.NameOf(Kind) + "): " + message);
    }

    /// <summary>Lets a listener know of an attribute; only .NET has one.</summary>
    partial void OnAttribute(string name, int value);

    private void RequireParameters(TensorInfo tensor, ElementType type, int count)
    {
        RequireType(tensor, type);
        RequireElements(tensor, count);
        Require(tensor.Storage == TensorStorage.Constant, "its parameters are not in the constants section.");
    }
}
