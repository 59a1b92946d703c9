using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>
/// Finds out who reads what whom wrote, in the order of execution. Passes let tensors lie inside others, so it is bytes that are followed:
/// a read meets the last operators that wrote any of its bytes.
/// </summary>
/// <param name="tensors">The tensors of the report.</param>
internal sealed class FlowTracker(TensorList tensors)
{
    private readonly Dictionary<object, List<Piece>> _written = [];
    private readonly HashSet<FlowEdge> _edges = [];

    /// <summary>What flowed, in the order of reading.</summary>
    public IReadOnlyList<FlowEdge> Edges => [.. _edges];

    /// <summary>A network input is given by the host.</summary>
    public void Give(Tensor input)
    {
        Write(null, PlaceOf(input));
    }

    /// <summary>A network output is taken by the host.</summary>
    public void Take(Tensor output)
    {
        Read(null, PlaceOf(output), tensors.PositionOf(output));
    }

    public void Read(int op, IEnumerable<Tensor> inputs)
    {
        foreach (Tensor input in inputs.Where(input => !input.IsConstant))
        {
            Read(op, PlaceOf(input), tensors.PositionOf(input));
        }
    }

    public void Read(int op, IEnumerable<LoweredTensor?> inputs)
    {
        foreach (LoweredTensor input in inputs.OfType<LoweredTensor>().Where(TensorList.IsActivation))
        {
            Read(op, PlaceOf(input), tensors.PositionOf(input));
        }
    }

    public void Write(int op, IEnumerable<Tensor> outputs)
    {
        foreach (Tensor output in outputs)
        {
            Write(op, PlaceOf(output));
        }
    }

    public void Write(int op, IEnumerable<LoweredTensor> outputs)
    {
        foreach (LoweredTensor output in outputs)
        {
            Write(op, PlaceOf(output));
        }
    }

    private static Piece PlaceOf(Tensor tensor)
    {
        TensorPlace place = TensorPlace.Of(tensor);
        return new Piece(place.Root, place.Offset, place.Offset + ((long)tensor.ElementCount * Math.Max(1, tensor.Type.Bytes())), null);
    }

    private static Piece PlaceOf(LoweredTensor operand)
    {
        return operand.Source is Tensor source ? PlaceOf(source) : new Piece(operand, 0, operand.ByteLength, null);
    }

    private void Write(int? op, Piece piece)
    {
        if (!_written.TryGetValue(piece.Memory, out List<Piece>? pieces))
        {
            _written.Add(piece.Memory, pieces = []);
        }

        // What lies under the new bytes is gone; what it covers in part stays on both sides.
        List<Piece> kept = [];
        foreach (Piece old in pieces)
        {
            if (old.End <= piece.Begin || old.Begin >= piece.End)
            {
                kept.Add(old);
                continue;
            }

            if (old.Begin < piece.Begin)
            {
                kept.Add(old with { End = piece.Begin });
            }

            if (old.End > piece.End)
            {
                kept.Add(old with { Begin = piece.End });
            }
        }

        kept.Add(piece with { Writer = op });
        _written[piece.Memory] = kept;
    }

    private void Read(int? op, Piece piece, int tensor)
    {
        foreach (Piece written in _written.GetValueOrDefault(piece.Memory) ?? [])
        {
            if (written.Begin < piece.End && written.End > piece.Begin)
            {
                _edges.Add(new FlowEdge(written.Writer, op, tensor));
            }
        }
    }

    /// <summary>Some bytes of a tensor's memory and who wrote them.</summary>
    private readonly record struct Piece(object Memory, long Begin, long End, int? Writer);
}
