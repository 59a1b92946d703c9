namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>Samples that the checks must find, one forbidden thing each, compiled along with the tests.</summary>
internal static unsafe class ForbiddenCode
{
    internal static class GenericMethod
    {
        public static T Same<T>(T value) => value;
    }

    internal sealed class GenericType<T>
    {
        public T? Value { get; set; }
    }

    internal static class ConstructedType
    {
        public static int Count(ReadOnlySpan<sbyte> values) => values.Length;
    }

    internal static class ConstructedLocal
    {
        public static bool HasValue(int value)
        {
            int? optional = value > 0 ? value : null;
            return optional.HasValue;
        }
    }

    internal static class GenericMethodCall
    {
        public static int Same(int value) => GenericMethod.Same(value);
    }

    internal static class MultiDimensionalArray
    {
        public static int Element(int[,] values) => values[0, 1];
    }

    internal static class MultiDimensionalArrayInside
    {
        public static object Make() => new int[3][,];
    }

    internal static class PinnedLocal
    {
        public static byte First(byte[] values)
        {
            fixed (byte* first = values)
            {
                return *first;
            }
        }
    }

    internal static class StackAllocation
    {
        public static byte First(int count)
        {
            byte* values = stackalloc byte[count];
            return values[0];
        }
    }

    internal static class PointerParameter
    {
        public static byte First(byte* values) => *values;
    }

    internal static class FunctionPointer
    {
        public static int Call(delegate*<int, int> function) => function(1);
    }

    internal static class CheckedArithmetic
    {
        public static int Sum(int left, int right) => checked(left + right);
    }

    internal static class CheckedConversion
    {
        public static byte Narrow(int value) => checked((byte)value);
    }

    internal static class LongArrayIndex
    {
        public static byte Element(byte[] values, long index) => values[index];
    }

    internal static class VariableArguments
    {
        public static int Count(__arglist) => new ArgIterator(__arglist).GetRemainingCount();
    }

    internal static class TypedReferences
    {
        public static int Read(int value) => __refvalue(__makeref(value), int);
    }

    internal static class ReadOnlyReferenceReturn
    {
        private static readonly int[] s_values = [1];

        public static ref readonly int First() => ref s_values[0];
    }

    internal sealed class InitAccessor
    {
        public int Width { get; init; }
    }

    internal interface IDefaultMethod
    {
        int Twice(int value) => 2 * value;
    }

    internal static class FloatField
    {
        public const float Half = 0.5f;
    }

    internal static class DoubleParameter
    {
        public static bool IsNull(double[]? values) => values is null;
    }

    internal static class DoubleConversion
    {
        public static int Half(int value) => (int)(value * 0.5);
    }

    internal static class FloatCall
    {
        public static string Text() => MathF.Sqrt(2) > 1 ? "more" : "less";
    }

    internal static class FloatInside
    {
        public static int Count(List<Dictionary<int, float[]>> values) => values.Count;
    }

    /// <summary>What the checks must let pass: all that nanoFramework runs.</summary>
    internal sealed class AllowedCode : IDisposable
    {
        private static readonly int[] s_table = [3, 1, 4, 1, 5, 9, 2, 6];
        private readonly sbyte[][] _rows = [new sbyte[2], new sbyte[3]];

        private enum Kind
        {
            First,
            Second,
        }

        public int Width { get; set; }

        public void Dispose()
        {
            ref sbyte first = ref _rows[0][0];
            first++;
        }

        public long Run(in int start, out int end, object other)
        {
            long sum = start;
            foreach (int value in s_table)
            {
                sum = unchecked((sum * value) ^ (sum >> 3));
            }

            end = other is AllowedCode { Width: > 2 } code ? code.Width : 0;
            try
            {
                return Choose((Kind)(end & 1)) switch
                {
                    0 => sum,
                    1 => -sum,
                    _ => throw new InvalidOperationException("Neither " + sum.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                };
            }
            catch (InvalidOperationException exception) when (exception.Message.Length > 3)
            {
                return _rows[1].Length;
            }
        }

        private static int Choose(Kind kind) => kind == Kind.First ? 0 : 1;
    }
}
