using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Peers.Tests;

/// <summary>How far two lists of results agree.</summary>
/// <param name="Records">Records that were compared.</param>
/// <param name="Equal">The share of elements that are equal.</param>
/// <param name="Largest">The largest distance of two elements: in steps of integers, in units of real numbers.</param>
/// <param name="Cosine">The cosine between all elements, integers as the real numbers that they mean.</param>
/// <param name="SameTop">The share of outputs whose largest element stands at the same place.</param>
internal sealed record Agreement(int Records, double Equal, double Largest, double Cosine, double SameTop)
{
    /// <summary>Real numbers this close are equal.</summary>
    private const double Close = 1e-5;

    /// <summary>Compares raw records.</summary>
    /// <param name="outputs">The outputs, in the order in which they stand in a record.</param>
    /// <param name="left">Records.</param>
    /// <param name="right">As many records.</param>
    public static Agreement Of(IReadOnlyList<Tensor> outputs, byte[] left, byte[] right)
    {
        if (left.Length != right.Length)
        {
            throw new InvalidOperationException($"{left.Length} bytes of results cannot be compared with {right.Length}.");
        }

        Sums sums = new();
        int records = 0;
        for (int at = 0; at < left.Length; records++)
        {
            foreach (Tensor output in outputs)
            {
                int bytes = output.ElementCount * output.Type.Bytes();
                sums.Add(output, left.AsSpan(at, bytes), right.AsSpan(at, bytes));
                at += bytes;
            }
        }

        return new Agreement(records, sums.Equal / sums.Elements, sums.Largest, sums.Cosine, sums.SameTop / (records * (double)outputs.Count));
    }

    public override string ToString()
    {
        return FormattableString.Invariant($"{Records} records: {100 * Equal:0.00} % of elements equal, largest difference {Largest:0.####}, cosine {Cosine:0.000000}, same top {100 * SameTop:0.0} %");
    }

    private static double Value(DataType type, ReadOnlySpan<byte> element)
    {
        return type switch
        {
            DataType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
            DataType.Int8 => (sbyte)element[0],
            DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
            DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
            DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
            _ => element[0],
        };
    }

    private sealed class Sums
    {
        private double _products;
        private double _lefts;
        private double _rights;

        public double Elements { get; private set; }

        public double Equal { get; private set; }

        public double Largest { get; private set; }

        public double SameTop { get; private set; }

        public double Cosine => _products == 0 && _lefts == _rights ? 1 : _products / Math.Sqrt(_lefts * _rights);

        public void Add(Tensor output, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        {
            int size = output.Type.Bytes();
            double zero = output.Quantization?.ZeroPoint ?? 0;
            (double Left, double Right) most = (double.NegativeInfinity, double.NegativeInfinity);
            (int Left, int Right) top = (0, 0);
            for (int i = 0; i < output.ElementCount; i++)
            {
                double x = Value(output.Type, left.Slice(i * size, size));
                double y = Value(output.Type, right.Slice(i * size, size));
                double difference = Math.Abs(x - y);
                Elements++;
                Equal += difference <= (output.Type == DataType.Float32 ? Close : 0) ? 1 : 0;
                Largest = Math.Max(Largest, difference);
                _products += (x - zero) * (y - zero);
                _lefts += (x - zero) * (x - zero);
                _rights += (y - zero) * (y - zero);
                (most.Left, top.Left) = x > most.Left ? (x, i) : (most.Left, top.Left);
                (most.Right, top.Right) = y > most.Right ? (y, i) : (most.Right, top.Right);
            }

            SameTop += top.Left == top.Right ? 1 : 0;
        }
    }
}
