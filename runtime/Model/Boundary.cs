namespace EdgeQuant.Runtime.Model;

/// <summary>The boundary section: which tensors the host writes and reads.</summary>
internal sealed class Boundary
{
    private readonly FileSection _section;
    private readonly TensorTable _tensors;

    /// <summary>Checks that every tensor exists and lies in the arena, and that no two inputs share bytes.</summary>
    internal Boundary(TensorTable tensors)
    {
        _tensors = tensors;
        _section = tensors.File.Require(SectionKind.Boundary, "boundary", ModelLayout.BoundaryTensors);
        InputCount = _section.UInt16(ModelLayout.BoundaryInputs);
        OutputCount = _section.UInt16(ModelLayout.BoundaryOutputs);
        int needed = ModelLayout.BoundaryTensors + ((InputCount + OutputCount) * 2);
        if (needed > _section.Length)
        {
            throw ModelFile.Error("length of the boundary section", _section.Length, needed, int.MaxValue);
        }

        for (int i = 0; i < InputCount + OutputCount; i++)
        {
            Check(i);
        }
    }

    internal int InputCount { get; }

    internal int OutputCount { get; }

    internal TensorInfo Input(int position)
    {
        return new TensorInfo(_tensors, TensorAt(position));
    }

    internal TensorInfo Output(int position)
    {
        return new TensorInfo(_tensors, TensorAt(InputCount + position));
    }

    private int TensorAt(int position)
    {
        return _section.UInt16(ModelLayout.BoundaryTensors + (position * 2));
    }

    private void Check(int position)
    {
        int index = TensorAt(position);
        if (index >= _tensors.Count)
        {
            throw ModelFile.Error("boundary tensor " + position.ToString(), index, 0, _tensors.Count - 1);
        }

        TensorInfo tensor = new TensorInfo(_tensors, index);
        if (tensor.Storage != TensorStorage.Arena)
        {
            throw new ModelFormatException("Boundary tensor " + position.ToString() + " does not lie in the arena.");
        }

        for (int other = 0; position < InputCount && other < position; other++)
        {
            TensorInfo input = Input(other);
            if (input.Offset < tensor.Offset + tensor.ByteLength && tensor.Offset < input.Offset + input.ByteLength)
            {
                throw new ModelFormatException("The inputs " + other.ToString() + " and " + position.ToString() + " share bytes of the arena.");
            }
        }
    }
}
