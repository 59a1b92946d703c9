using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>Random nodes of each operation that moves elements of one tensor, with their meaning told index by index.</summary>
internal static class MovementCases
{
    /// <summary>A maker of cases from some data; null where the data does not suit the operation.</summary>
    public delegate MovementCase? Maker(Random random, Tensor data);

    /// <summary>The makers by name.</summary>
    public static IReadOnlyDictionary<string, Maker> Makers { get; } = new Dictionary<string, Maker>(StringComparer.Ordinal)
    {
        ["reshape"] = Reshape,
        ["unstack"] = Unstack,
        ["split"] = Split,
        ["split by sizes"] = SplitBySizes,
        ["slice"] = Slice,
        ["transpose"] = Transpose,
        ["reverse"] = Reverse,
        ["gather along an axis"] = GatherAlongAxis,
        ["gather evenly"] = GatherEvenly,
        ["gather in batches"] = GatherInBatches,
        ["gather tuples"] = GatherTuples,
        ["look up rows"] = LookUpRows,
        ["pad"] = Pad,
        ["pad with a value"] = PadWithValue,
        ["mirror pad"] = MirrorPad,
        ["space to depth"] = SpaceToDepth,
        ["depth to space"] = DepthToSpace,
        ["space to batch"] = SpaceToBatch,
        ["batch to space"] = BatchToSpace,
        ["broadcast"] = BroadcastTo,
        ["tile"] = Tile,
        ["strided slice"] = StridedSliceCases.Make,
    };

    /// <summary>A shape of small sizes.</summary>
    public static int[] Shape(Random random, int rank)
    {
        return [.. Enumerable.Range(0, rank).Select(_ => random.Next(1, 6))];
    }

    /// <summary>The axis itself, or as it is counted from the back.</summary>
    public static int MaybeNegative(Random random, int axis, int rank)
    {
        return random.Next(2) == 0 ? axis : axis - rank;
    }

    public static Tensor Ints(params int[] values)
    {
        return Elements.Constant(DataType.Int32, [values.Length], [.. values.Select(value => (long)value)]);
    }

    public static Tensor Longs(params int[] values)
    {
        return Elements.Constant(DataType.Int64, [values.Length], [.. values.Select(value => (long)value)]);
    }

    private static Tensor Like(Tensor data, params int[] shape)
    {
        return new Tensor("result", data.Type, shape) { Quantization = data.Quantization };
    }

    private static MovementCase Case(Operation operation, Tensor?[] inputs, Tensor output, Func<int[], Origin?> originOf)
    {
        return new MovementCase(new Node(operation, inputs, [output]), (_, index) => originOf(index));
    }

    private static int[] With(int[] index, int axis, int value)
    {
        int[] changed = (int[])index.Clone();
        changed[axis] = value;
        return changed;
    }

    private static MovementCase Reshape(Random random, Tensor data)
    {
        int elements = data.ElementCount;
        int[] divisors = [.. Enumerable.Range(1, elements).Where(i => elements % i == 0)];
        int outer = divisors[random.Next(divisors.Length)];
        int[] shape = random.Next(3) switch { 0 => [elements], 1 => [outer, elements / outer], _ => [1, outer, 1, elements / outer] };
        return Case(new Reshape(), [data, Ints(shape)], Like(data, shape), index =>
        {
            int position = index.Select((i, axis) => i * shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size)).Sum();
            int[] from = new int[data.Rank];
            for (int axis = data.Rank - 1; axis >= 0; axis--)
            {
                from[axis] = position % data.Shape[axis];
                position /= data.Shape[axis];
            }

            return new Origin(0, from);
        });
    }

    private static MovementCase? Unstack(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int axis = random.Next(data.Rank);
        int[] shape = [.. data.Shape[..axis], .. data.Shape[(axis + 1)..]];
        Tensor[] outputs = [.. Enumerable.Range(0, data.Shape[axis]).Select(_ => Like(data, shape))];
        return new MovementCase(
            new Node(new Unstack(MaybeNegative(random, axis, data.Rank)), [data], outputs),
            (output, index) => new Origin(0, [.. index[..axis], output, .. index[axis..]]));
    }

    private static MovementCase? Split(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int axis = random.Next(data.Rank);
        int size = data.Shape[axis];
        int[] counts = [.. Enumerable.Range(1, size).Where(i => size % i == 0)];
        int count = counts[random.Next(counts.Length)];
        int length = size / count;
        Tensor[] outputs = [.. Enumerable.Range(0, count).Select(_ => Like(data, With(data.Shape, axis, length)))];
        return new MovementCase(
            new Node(new Split(), [Elements.Constant(DataType.Int32, [], MaybeNegative(random, axis, data.Rank)), data], outputs),
            (output, index) => new Origin(1, With(index, axis, index[axis] + (output * length))));
    }

    private static MovementCase? SplitBySizes(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int axis = random.Next(data.Rank);
        List<int> sizes = [];
        for (int left = data.Shape[axis]; left > 0; left -= sizes[^1])
        {
            sizes.Add(random.Next(1, left + 1));
        }

        Tensor[] outputs = [.. sizes.Select(size => Like(data, With(data.Shape, axis, size)))];
        return new MovementCase(
            new Node(new SplitBySizes(), [data, Ints([.. sizes]), Elements.Constant(DataType.Int32, [1], MaybeNegative(random, axis, data.Rank))], outputs),
            (output, index) => new Origin(0, With(index, axis, index[axis] + sizes.Take(output).Sum())));
    }

    private static MovementCase? Slice(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int[] start = [.. data.Shape.Select(size => random.Next(size))];
        int[] shape = [.. data.Shape.Select((size, axis) => random.Next(1, size - start[axis] + 1))];
        int[] sizes = [.. shape.Select((size, axis) => start[axis] + size == data.Shape[axis] && random.Next(2) == 0 ? -1 : size)];
        Tensor[] inputs = random.Next(2) == 0 ? [data, Ints(start), Ints(sizes)] : [data, Longs(start), Longs(sizes)];
        return Case(new Slice(), inputs, Like(data, shape), index => new Origin(0, [.. index.Select((i, axis) => i + start[axis])]));
    }

    private static MovementCase Transpose(Random random, Tensor data)
    {
        int[] permutation = [.. Enumerable.Range(0, data.Rank)];
        random.Shuffle(permutation);
        return Case(new Transpose(), [data, Ints(permutation)], Like(data, [.. permutation.Select(axis => data.Shape[axis])]), index =>
        {
            int[] from = new int[index.Length];
            for (int i = 0; i < index.Length; i++)
            {
                from[permutation[i]] = index[i];
            }

            return new Origin(0, from);
        });
    }

    private static MovementCase? Reverse(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int[] axes = [.. Enumerable.Range(0, data.Rank).Where(_ => random.Next(2) == 0)];
        Tensor parameter = Ints([.. axes.Select(axis => MaybeNegative(random, axis, data.Rank))]);
        return Case(new Reverse(), [data, parameter], Like(data, data.Shape), index =>
            new Origin(0, [.. index.Select((i, axis) => axes.Contains(axis) ? data.Shape[axis] - 1 - i : i)]));
    }

    private static MovementCase? GatherAlongAxis(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int axis = random.Next(data.Rank);
        int[] shape = Shape(random, random.Next(0, 3));
        int[] indices = [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => random.Next(data.Shape[axis]))];
        return Gathered(random, data, axis, shape, indices);
    }

    private static MovementCase? GatherEvenly(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int axis = random.Next(data.Rank);
        int size = data.Shape[axis];
        int first = random.Next(size);
        int step = random.Next(-2, 3);
        int[] indices = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => first + (i * step)).Where(i => i >= 0 && i < size)];
        return Gathered(random, data, axis, [indices.Length], indices);
    }

    private static MovementCase Gathered(Random random, Tensor data, int axis, int[] shape, int[] indices)
    {
        Tensor parameter = Elements.Constant(DataType.Int32, shape, [.. indices.Select(index => (long)index)]);
        int[] output = [.. data.Shape[..axis], .. shape, .. data.Shape[(axis + 1)..]];
        return Case(new Gather(MaybeNegative(random, axis, data.Rank), 0), [data, parameter], Like(data, output), index =>
        {
            int position = 0;
            for (int i = 0; i < shape.Length; i++)
            {
                position = (position * shape[i]) + index[axis + i];
            }

            return new Origin(0, [.. index[..axis], indices[position], .. index[(axis + shape.Length)..]]);
        });
    }

    private static MovementCase? GatherInBatches(Random random, Tensor data)
    {
        if (data.Rank < 2)
        {
            return null;
        }

        int batches = random.Next(1, data.Rank);
        int axis = random.Next(batches, data.Rank);
        int positions = random.Next(1, 4);
        int[] shape = [.. data.Shape[..batches], positions];
        int[] indices = [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => random.Next(data.Shape[axis]))];
        Tensor parameter = Elements.Constant(DataType.Int32, shape, [.. indices.Select(index => (long)index)]);
        int[] output = [.. data.Shape[..axis], positions, .. data.Shape[(axis + 1)..]];
        return Case(new Gather(axis, random.Next(2) == 0 ? batches : batches - shape.Length), [data, parameter], Like(data, output), index =>
        {
            int batch = 0;
            for (int i = 0; i < batches; i++)
            {
                batch = (batch * data.Shape[i]) + index[i];
            }

            return new Origin(0, With(index, axis, indices[(batch * positions) + index[axis]]));
        });
    }

    private static MovementCase? GatherTuples(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int tuple = random.Next(1, data.Rank + 1);
        int[] positions = Shape(random, random.Next(0, 3));
        int count = positions.Aggregate(1, (product, size) => product * size);
        int[] indices = [.. Enumerable.Range(0, count * tuple).Select(i => random.Next(data.Shape[i % tuple]))];
        Tensor parameter = Elements.Constant(DataType.Int32, [.. positions, tuple], [.. indices.Select(index => (long)index)]);
        return Case(new GatherNd(), [data, parameter], Like(data, [.. positions, .. data.Shape[tuple..]]), index =>
        {
            int position = 0;
            for (int i = 0; i < positions.Length; i++)
            {
                position = (position * positions[i]) + index[i];
            }

            return new Origin(0, [.. indices.AsSpan(position * tuple, tuple), .. index[positions.Length..]]);
        });
    }

    private static MovementCase? LookUpRows(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int[] rows = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(data.Shape[0]))];
        return Case(new EmbeddingLookup(), [Ints(rows), data], Like(data, [rows.Length, .. data.Shape[1..]]), index => new Origin(1, With(index, 0, rows[index[0]])));
    }

    private static MovementCase? Pad(Random random, Tensor data)
    {
        long zero = data.Type is DataType.Int8 or DataType.UInt8 ? data.Quantization!.ZeroPoint : 0;
        return data.Rank == 0 ? null : Padded(random, data, null, zero);
    }

    private static MovementCase? PadWithValue(Random random, Tensor data)
    {
        long value = Elements.Random(random, new Tensor("value", data.Type, []))[0];
        return data.Rank == 0 ? null : Padded(random, data, Elements.Constant(data.Type, [], value), value);
    }

    private static MovementCase Padded(Random random, Tensor data, Tensor? value, long fill)
    {
        int[] before = [.. data.Shape.Select(_ => random.Next(3))];
        int[] after = [.. data.Shape.Select(_ => random.Next(3))];
        Tensor paddings = Paddings(random, before, after);
        Tensor?[] inputs = value is null ? [data, paddings] : [data, paddings, value];
        return Case(new Pad(), inputs, Like(data, Framed(data.Shape, before, after)), index =>
        {
            int[] from = [.. index.Select((i, axis) => i - before[axis])];
            return from.Where((i, axis) => i < 0 || i >= data.Shape[axis]).Any() ? null : new Origin(0, from);
        }) with
        { Fill = fill };
    }

    private static MovementCase? MirrorPad(Random random, Tensor data)
    {
        if (data.Rank == 0)
        {
            return null;
        }

        int skipped = random.Next(2);
        int[] before = [.. data.Shape.Select(size => random.Next(size - skipped + 1))];
        int[] after = [.. data.Shape.Select(size => random.Next(size - skipped + 1))];
        MirrorMode mode = skipped == 1 ? MirrorMode.Reflect : MirrorMode.Symmetric;
        return Case(new MirrorPad(mode), [data, Paddings(random, before, after)], Like(data, Framed(data.Shape, before, after)), index =>
            new Origin(0, [.. index.Select((i, axis) =>
            {
                int size = data.Shape[axis];
                int from = i - before[axis];
                return from < 0 ? -from - 1 + skipped : from >= size ? (2 * size) - 1 - skipped - from : from;
            })]));
    }

    private static int[] Framed(int[] shape, int[] before, int[] after)
    {
        return [.. shape.Select((size, axis) => size + before[axis] + after[axis])];
    }

    private static Tensor Paddings(Random random, int[] before, int[] after)
    {
        long[] pairs = [.. before.Zip(after).SelectMany(pair => new long[] { pair.First, pair.Second })];
        return Elements.Constant(random.Next(2) == 0 ? DataType.Int32 : DataType.Int64, [before.Length, 2], pairs);
    }

    private static MovementCase? SpaceToDepth(Random random, Tensor data)
    {
        if (data.Rank != 4)
        {
            return null;
        }

        int[] blocks = [.. Enumerable.Range(1, 5).Where(block => data.Shape[1] % block == 0 && data.Shape[2] % block == 0)];
        int block = blocks[random.Next(blocks.Length)];
        int channels = data.Shape[3];
        int[] shape = [data.Shape[0], data.Shape[1] / block, data.Shape[2] / block, block * block * channels];
        return Case(new SpaceToDepth(block), [data], Like(data, shape), index =>
        {
            int pixel = index[3] / channels;
            return new Origin(0, [index[0], (index[1] * block) + (pixel / block), (index[2] * block) + (pixel % block), index[3] % channels]);
        });
    }

    private static MovementCase? DepthToSpace(Random random, Tensor data)
    {
        if (data.Rank != 4)
        {
            return null;
        }

        int[] blocks = [.. Enumerable.Range(1, 3).Where(block => data.Shape[3] % (block * block) == 0)];
        int block = blocks[random.Next(blocks.Length)];
        int channels = data.Shape[3] / (block * block);
        int[] shape = [data.Shape[0], data.Shape[1] * block, data.Shape[2] * block, channels];
        return Case(new DepthToSpace(block), [data], Like(data, shape), index => new Origin(
            0, [index[0], index[1] / block, index[2] / block, (((index[1] % block * block) + (index[2] % block)) * channels) + index[3]]));
    }

    private static MovementCase? SpaceToBatch(Random random, Tensor data)
    {
        if (data.Rank < 2 || data.Type is DataType.Int16 or DataType.Int32)
        {
            return null;
        }

        int spatial = random.Next(1, Math.Min(data.Rank, 4));
        int[] block = [.. Enumerable.Range(0, spatial).Select(_ => random.Next(1, 4))];
        int[] before = [.. block.Select(_ => random.Next(4))];
        int[] after = [.. block.Select((size, axis) =>
        {
            int padded = data.Shape[axis + 1] + before[axis];
            return ((size - (padded % size)) % size) + (size * random.Next(2));
        })];
        int[] shape =
        [
            data.Shape[0] * block.Aggregate(1, (product, size) => product * size),
            .. block.Select((size, axis) => (data.Shape[axis + 1] + before[axis] + after[axis]) / size),
            .. data.Shape[(spatial + 1)..],
        ];
        return Case(new SpaceToBatch(), [data, Ints(block), Paddings(random, before, after)], Like(data, shape), index =>
        {
            int[] from = Unblocked(index, block, data.Shape[0]);
            int[] inside = [from[0], .. from[1..].Select((i, axis) => axis < spatial ? i - before[axis] : i)];
            return inside.Where((i, axis) => i < 0 || i >= data.Shape[axis]).Any() ? null : new Origin(0, inside);
        }) with
        { Fill = data.Quantization?.ZeroPoint ?? 0 };
    }

    /// <summary>The index in padded space of an index in the batch: the first axis of the batch is [block 0, block 1, ..., batch].</summary>
    private static int[] Unblocked(int[] index, int[] block, int batches)
    {
        int[] space = (int[])index.Clone();
        int rest = index[0] / batches;
        space[0] = index[0] % batches;
        for (int axis = block.Length - 1; axis >= 0; axis--)
        {
            space[axis + 1] = (index[axis + 1] * block[axis]) + (rest % block[axis]);
            rest /= block[axis];
        }

        return space;
    }

    private static MovementCase? BatchToSpace(Random random, Tensor data)
    {
        if (data.Rank < 2)
        {
            return null;
        }

        int spatial = random.Next(1, Math.Min(data.Rank, 4));
        int[] block = new int[spatial];
        int batches = data.Shape[0];
        for (int axis = 0; axis < spatial; axis++)
        {
            int[] sizes = [.. Enumerable.Range(1, 4).Where(size => batches % size == 0)];
            block[axis] = sizes[random.Next(sizes.Length)];
            batches /= block[axis];
        }

        int[] before = [.. block.Select((size, axis) => random.Next(Math.Min(3, data.Shape[axis + 1] * size)))];
        int[] after = [.. block.Select((size, axis) => random.Next(Math.Min(3, (data.Shape[axis + 1] * size) - before[axis])))];
        int[] shape =
        [
            batches,
            .. block.Select((size, axis) => (data.Shape[axis + 1] * size) - before[axis] - after[axis]),
            .. data.Shape[(spatial + 1)..],
        ];
        return Case(new BatchToSpace(), [data, Ints(block), Paddings(random, before, after)], Like(data, shape), index =>
        {
            int[] from = (int[])index.Clone();
            int blockIndex = 0;
            for (int axis = 0; axis < spatial; axis++)
            {
                int place = index[axis + 1] + before[axis];
                from[axis + 1] = place / block[axis];
                blockIndex = (blockIndex * block[axis]) + (place % block[axis]);
            }

            from[0] = (blockIndex * batches) + index[0];
            return new Origin(0, from);
        });
    }

    private static MovementCase BroadcastTo(Random random, Tensor data)
    {
        int added = random.Next(3);
        int[] shape = [.. Shape(random, added), .. data.Shape.Select(size => size == 1 ? random.Next(1, 5) : size)];
        return Case(new BroadcastTo(), [data, Ints(shape)], Like(data, shape), index =>
            new Origin(0, [.. index[added..].Select((i, axis) => data.Shape[axis] == 1 ? 0 : i)]));
    }

    private static MovementCase Tile(Random random, Tensor data)
    {
        int[] times = [.. data.Shape.Select(_ => random.Next(1, 4))];
        return Case(new Tile(), [data, Ints(times)], Like(data, [.. data.Shape.Select((size, axis) => size * times[axis])]), index =>
            new Origin(0, [.. index.Select((i, axis) => i % data.Shape[axis])]));
    }
}
