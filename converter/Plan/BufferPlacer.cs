using EdgeQuant.Converter.Lower;

namespace EdgeQuant.Converter.Plan;

/// <summary>
/// Finds offsets so that buffers alive at the same time share no byte and the arena is small. The buffers are placed one after the other,
/// each at the lowest offset that is free over its whole life. The order decides how good the result is: several fixed orders are tried,
/// then the best one is varied (a buffer moved forward in it) with a fixed seed, until the lower bound is reached or the tries are used up
/// (fewer where there are many hundreds of buffers).
/// The result is the same on every run.
/// </summary>
internal sealed class BufferPlacer
{
    private const int Tries = 4000;
    private const long MostSteps = 400_000_000;
    private const int Seed = 1;

    private readonly LoweredBuffer[] _buffers;
    private readonly long _bound;
    private readonly long[] _offsets;
    private int[] _bestOrder = [];
    private long[] _bestOffsets = [];
    private long _best = long.MaxValue;

    private BufferPlacer(IReadOnlyList<LoweredBuffer> buffers, long bound)
    {
        _buffers = [.. buffers];
        _bound = bound;
        _offsets = new long[_buffers.Length];
    }

    /// <summary>Places the buffers: sets <see cref="LoweredBuffer.Offset"/> of each.</summary>
    /// <param name="buffers">Buffers with their live ranges.</param>
    /// <param name="bound">A size below which no plan can be; the search ends there.</param>
    /// <returns>The size of the arena.</returns>
    public static long Run(IReadOnlyList<LoweredBuffer> buffers, long bound)
    {
        if (buffers.Count == 0)
        {
            return 0;
        }

        BufferPlacer placer = new(buffers, bound);
        placer.Search();
        for (int i = 0; i < buffers.Count; i++)
        {
            buffers[i].Offset = (int)Math.Min(placer._bestOffsets[i], int.MaxValue);
        }

        return placer._best;
    }

    private void Search()
    {
        int[] all = [.. Enumerable.Range(0, _buffers.Length)];
        Func<LoweredBuffer, long>[] keys =
        [
            buffer => -(long)buffer.Bytes,
            buffer => -(long)buffer.Bytes * (buffer.Last - buffer.First + 1),
            buffer => -(long)(buffer.Last - buffer.First),
            buffer => buffer.First,
            buffer => -(long)buffer.Last,
        ];
        foreach (Func<LoweredBuffer, long> key in keys)
        {
            Try([.. all.OrderBy(i => key(_buffers[i])).ThenBy(i => -_buffers[i].Bytes).ThenBy(i => _buffers[i].First)]);
        }

        Random random = new(Seed);
        long tries = Math.Min(Tries, MostSteps / ((long)all.Length * all.Length));
        for (int attempt = 0; attempt < tries && _best > _bound; attempt++)
        {
            List<int> order = [.. _bestOrder];
            int from = random.Next(order.Count);
            int moved = order[from];
            order.RemoveAt(from);
            order.Insert(random.Next(from + 1), moved);
            Try([.. order]);
        }
    }

    private void Try(int[] order)
    {
        long size = Place(order);
        if (size <= _best)
        {
            if (size < _best)
            {
                _bestOffsets = (long[])_offsets.Clone();
            }

            _best = size;
            _bestOrder = order;
        }
    }

    private long Place(int[] order)
    {
        long end = 0;
        List<int> placed = new(order.Length);
        foreach (int index in order)
        {
            LoweredBuffer buffer = _buffers[index];
            long offset = 0;
            foreach (int other in placed)
            {
                LoweredBuffer neighbour = _buffers[other];
                if (neighbour.First > buffer.Last || buffer.First > neighbour.Last)
                {
                    continue;
                }

                if (offset + buffer.Bytes <= _offsets[other])
                {
                    break;
                }

                offset = Math.Max(offset, Aligned(_offsets[other] + neighbour.Bytes, buffer.Alignment));
            }

            _offsets[index] = offset;
            Insert(placed, index);
            end = Math.Max(end, offset + buffer.Bytes);
        }

        return end;
    }

    /// <summary>Keeps the placed buffers in the order of their offsets.</summary>
    private void Insert(List<int> placed, int index)
    {
        int at = placed.Count;
        while (at > 0 && _offsets[placed[at - 1]] > _offsets[index])
        {
            at--;
        }

        placed.Insert(at, index);
    }

    private static long Aligned(long offset, int alignment)
    {
        return (offset + alignment - 1) / alignment * alignment;
    }
}
