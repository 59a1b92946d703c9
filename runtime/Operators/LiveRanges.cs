using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Checks the memory plan that a file carries: every read finds something written, buffers alive at the same time share no byte, and an
/// operator's outputs overlap nothing that it reads, except where its kind may compute in place.
/// </summary>
internal sealed class LiveRanges
{
    private const int Never = int.MinValue;

    // What is known of a buffer: the first and the last operator that touches it, and the bytes from begin to end that they touch.
    private const int First = 0;
    private const int Last = 1;
    private const int Begin = 2;
    private const int End = 3;
    private const int Fields = 4;

    private readonly int[] _buffers;

    internal LiveRanges(TensorTable tensors)
    {
        int buffers = 0;
        for (int i = 0; i < tensors.Count; i++)
        {
            TensorInfo tensor = new TensorInfo(tensors, i);
            if (tensor.Storage == TensorStorage.Arena && tensor.Buffer >= buffers)
            {
                buffers = tensor.Buffer + 1;
            }
        }

        if (buffers > ModelLayout.MaximumBuffers)
        {
            throw ModelFile.Error("number of buffers", buffers, 0, ModelLayout.MaximumBuffers);
        }

        _buffers = new int[buffers * Fields];
        for (int i = 0; i < _buffers.Length; i += Fields)
        {
            _buffers[i + First] = Never;
            _buffers[i + Begin] = int.MaxValue;
        }
    }

    /// <summary>The host writes the network's inputs before the first operator.</summary>
    internal void Start(Boundary boundary)
    {
        for (int i = 0; i < boundary.InputCount; i++)
        {
            Write(boundary.Input(i), -1);
        }
    }

    /// <summary>Follows one operator; the reader is open at it.</summary>
    internal void Follow(OperatorReader reader, int position)
    {
        for (int i = 0; i < reader.InputCount; i++)
        {
            if (reader.HasInput(i) && !Read(reader.Input(i), position))
            {
                throw reader.Error("input " + i.ToString() + " is read before anything wrote it.");
            }
        }

        int written = reader.OutputCount + reader.ScratchCount;
        for (int i = 0; i < written; i++)
        {
            TensorInfo target = Written(reader, i);
            if (target.Storage == TensorStorage.Constant || (i >= reader.OutputCount && target.Storage != TensorStorage.Arena))
            {
                throw reader.Error("it writes to a tensor that lies elsewhere than in the arena or the state.");
            }

            Write(target, position);
            CheckOverlaps(reader, target, i);
        }
    }

    /// <summary>The host reads the network's outputs after the last operator; then no two buffers may have been in each other's way.</summary>
    internal void Finish(Boundary boundary, int position)
    {
        for (int i = 0; i < boundary.OutputCount; i++)
        {
            if (!Read(boundary.Output(i), position))
            {
                throw new ModelFormatException("Output " + i.ToString() + " of the network is written by no operator.");
            }
        }

        for (int a = 0; a < _buffers.Length; a += Fields)
        {
            for (int b = a + Fields; _buffers[a + First] != Never && b < _buffers.Length; b += Fields)
            {
                if (_buffers[b + First] != Never && LiveTogether(a, b) && Share(a, b))
                {
                    throw new ModelFormatException(
                        "Buffers " + (a / Fields).ToString() + " and " + (b / Fields).ToString() + " are alive at the same time and share bytes of the arena.");
                }
            }
        }
    }

    private static TensorInfo Written(OperatorReader reader, int position)
    {
        return position < reader.OutputCount ? reader.Output(position) : reader.Scratch(position - reader.OutputCount);
    }

    private static bool Overlap(TensorInfo a, TensorInfo b)
    {
        return a.Storage == b.Storage && a.Offset < b.Offset + b.ByteLength && b.Offset < a.Offset + a.ByteLength;
    }

    private static void CheckOverlaps(OperatorReader reader, TensorInfo target, int position)
    {
        for (int i = 0; i < reader.InputCount; i++)
        {
            if (reader.HasInput(i) && Overlap(target, reader.Input(i)) && !InPlace(reader, target, position, i))
            {
                throw reader.Error("what it writes overlaps its input " + i.ToString() + ".");
            }
        }

        for (int i = 0; i < position; i++)
        {
            if (Overlap(target, Written(reader, i)))
            {
                throw reader.Error("two tensors that it writes overlap.");
            }
        }
    }

    private static bool InPlace(OperatorReader reader, TensorInfo output, int position, int input)
    {
        TensorInfo source = reader.Input(input);
        return position == 0
            && output.Offset == source.Offset
            && output.ByteLength == source.ByteLength
            && TensorTable.BytesOf(output.Type) == TensorTable.BytesOf(source.Type)
            && OperatorKinds.MayOverwrite(reader.Kind, input);
    }

    private bool Read(TensorInfo tensor, int position)
    {
        if (tensor.Storage != TensorStorage.Arena)
        {
            return true;
        }

        if (_buffers[(tensor.Buffer * Fields) + First] == Never)
        {
            return false;
        }

        Extend(tensor, position);
        return true;
    }

    private void Write(TensorInfo tensor, int position)
    {
        if (tensor.Storage != TensorStorage.Arena)
        {
            return;
        }

        int first = (tensor.Buffer * Fields) + First;
        if (_buffers[first] == Never)
        {
            _buffers[first] = position;
        }

        Extend(tensor, position);
    }

    private void Extend(TensorInfo tensor, int position)
    {
        int buffer = tensor.Buffer * Fields;
        int end = tensor.Offset + tensor.ByteLength;
        _buffers[buffer + Last] = position;
        if (tensor.Offset < _buffers[buffer + Begin])
        {
            _buffers[buffer + Begin] = tensor.Offset;
        }

        if (end > _buffers[buffer + End])
        {
            _buffers[buffer + End] = end;
        }
    }

    /// <summary>True if there is an operator during which both buffers are alive.</summary>
    private bool LiveTogether(int a, int b)
    {
        return _buffers[a + First] <= _buffers[b + Last] && _buffers[b + First] <= _buffers[a + Last];
    }

    /// <summary>True if two buffers have a byte in common.</summary>
    private bool Share(int a, int b)
    {
        return _buffers[a + Begin] < _buffers[b + End] && _buffers[b + Begin] < _buffers[a + End];
    }
}
