using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>Random strided slices with all masks; the meaning is Python's: data[begin:end:stride, ..., newaxis, index].</summary>
internal static class StridedSliceCases
{
    /// <summary>Null where the random slice is empty.</summary>
    public static MovementCase? Make(Random random, Tensor data)
    {
        Entries entries = new();
        List<int[]> taken = [];
        int axis = 0;
        bool ellipsis = false;
        while (axis < data.Rank)
        {
            switch (random.Next(8))
            {
                case 0 when !ellipsis:
                    ellipsis = true;
                    entries.AddEllipsis(random);
                    for (int whole = random.Next(data.Rank - axis + 1); whole > 0; whole--, axis++)
                    {
                        taken.Add([.. Enumerable.Range(0, data.Shape[axis])]);
                        entries.OutputAxes.Add(axis);
                    }

                    break;
                case 1:
                    entries.AddNewAxis(random);
                    entries.OutputAxes.Add(-1);
                    break;
                case 2:
                    int index = random.Next(data.Shape[axis]);
                    entries.AddIndex(MovementCases.MaybeNegative(random, index, data.Shape[axis]), random);
                    taken.Add([index]);
                    axis++;
                    break;
                default:
                    taken.Add(entries.AddRange(random, data.Shape[axis]));
                    entries.OutputAxes.Add(axis);
                    axis++;
                    break;
            }
        }

        return taken.Exists(indices => indices.Length == 0) ? null : Case(data, entries, taken);
    }

    private static MovementCase Case(Tensor data, Entries entries, List<int[]> taken)
    {
        int[] shape = [.. entries.OutputAxes.Select(axis => axis < 0 ? 1 : taken[axis].Length)];
        StridedSlice operation = new(entries.BeginMask, entries.EndMask, entries.EllipsisMask, entries.NewAxisMask, entries.ShrinkMask, EndIsOffset: false);
        Tensor output = new("slice", data.Type, shape) { Quantization = data.Quantization };
        Tensor[] inputs = [data, MovementCases.Ints([.. entries.Begin]), MovementCases.Ints([.. entries.End]), MovementCases.Ints([.. entries.Strides])];
        return new MovementCase(new Node(operation, inputs, [output]), (_, index) =>
        {
            int[] from = [.. taken.Select(indices => indices[0])];
            for (int i = 0; i < index.Length; i++)
            {
                if (entries.OutputAxes[i] >= 0)
                {
                    from[entries.OutputAxes[i]] = taken[entries.OutputAxes[i]][index[i]];
                }
            }

            return new Origin(0, from);
        });
    }

    /// <summary>The parameters of a strided slice as they grow.</summary>
    private sealed class Entries
    {
        public List<int> Begin { get; } = [];

        public List<int> End { get; } = [];

        public List<int> Strides { get; } = [];

        /// <summary>The data's axis of each axis of the output; -1 for a new one.</summary>
        public List<int> OutputAxes { get; } = [];

        public int BeginMask { get; private set; }

        public int EndMask { get; private set; }

        public int EllipsisMask { get; private set; }

        public int NewAxisMask { get; private set; }

        public int ShrinkMask { get; private set; }

        private int Bit => 1 << Begin.Count;

        public void AddEllipsis(Random random)
        {
            EllipsisMask |= Bit;
            AddAnything(random);
        }

        public void AddNewAxis(Random random)
        {
            NewAxisMask |= Bit;
            AddAnything(random);
        }

        public void AddIndex(int index, Random random)
        {
            ShrinkMask |= Bit;
            Begin.Add(index);
            End.Add(random.Next(-3, 4));
            Strides.Add(1);
        }

        /// <summary>Adds begin:end:stride; gives the indices that it takes.</summary>
        public int[] AddRange(Random random, int size)
        {
            int stride = random.Next(1, 4) * (random.Next(2) == 0 ? 1 : -1);
            int? begin = random.Next(3) == 0 ? null : random.Next(-size - 2, size + 2);
            int? end = random.Next(3) == 0 ? null : random.Next(-size - 2, size + 2);
            BeginMask |= begin is null ? Bit : 0;
            EndMask |= end is null ? Bit : 0;
            Begin.Add(begin ?? random.Next(-9, 9));
            End.Add(end ?? random.Next(-9, 9));
            Strides.Add(stride);
            int from = begin is int b ? Math.Clamp(b < 0 ? b + size : b, stride > 0 ? 0 : -1, stride > 0 ? size : size - 1) : stride > 0 ? 0 : size - 1;
            int to = end is int e ? Math.Clamp(e < 0 ? e + size : e, stride > 0 ? 0 : -1, stride > 0 ? size : size - 1) : stride > 0 ? size : -1;
            List<int> taken = [];
            for (int i = from; stride > 0 ? i < to : i > to; i += stride)
            {
                taken.Add(i);
            }

            return [.. taken];
        }

        private void AddAnything(Random random)
        {
            Begin.Add(random.Next(-3, 4));
            End.Add(random.Next(-3, 4));
            Strides.Add(1);
        }
    }
}
