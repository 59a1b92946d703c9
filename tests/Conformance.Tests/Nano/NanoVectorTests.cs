using System.Reflection;
using System.Runtime.InteropServices;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>The vectors of nanoFramework do what spans do on .NET: same bytes, same exceptions.</summary>
public sealed class NanoVectorTests
{
    private const int Cases = 20_000;
    private const int ArrayLength = 40;

    [Fact]
    public void Int8_vectors_are_spans_of_sbyte() => Compare<sbyte>("Memory.Int8Vector");

    [Fact]
    public void Int16_vectors_are_spans_of_short() => Compare<short>("Memory.Int16Vector");

    [Fact]
    public void Int32_vectors_are_spans_of_int() => Compare<int>("Memory.Int32Vector");

    [Theory]
    [InlineData("Memory.Int16ParameterData", typeof(short))]
    [InlineData("Memory.Int32ParameterData", typeof(int))]
    [InlineData("Memory.Int64ParameterData", typeof(long))]
    public void Parameters_are_little_endian(string name, Type element)
    {
        byte[] bytes = new byte[ArrayLength];
        new Random(5).NextBytes(bytes);
        const int Offset = 3;
        const int Count = 4;
        int size = Marshal.SizeOf(element);
        Array expected = Array.CreateInstance(element, Count);
        Buffer.BlockCopy(bytes, Offset, expected, 0, Count * size);

        MethodInfo decode = NanoRuntime.Type(name).GetMethod("FromBytes")!;
        object data = decode.Invoke(null, [bytes, Offset, Count])!;

        Assert.Equal(expected, Get(data, "Vector"));
        Assert.Equal(Count, Get(data, "Count"));
        Assert.Equal(nameof(ArgumentOutOfRangeException), Outcome(() => decode.Invoke(null, [bytes, Offset, 1 + ((ArrayLength - Offset) / size)])));
        Assert.Equal(nameof(ArgumentOutOfRangeException), Outcome(() => decode.Invoke(null, [bytes, Offset, int.MaxValue / 2])));
        Assert.Equal(nameof(ArgumentOutOfRangeException), Outcome(() => decode.Invoke(null, [bytes, -1, 1])));
    }

    private static void Compare<T>(string name)
        where T : unmanaged
    {
        Type type = NanoRuntime.Type(name);
        Random random = new(name.Length);
        HashSet<string> outcomes = [];
        for (int run = 0; run < Cases; run++)
        {
            sbyte[] spanArray = new sbyte[ArrayLength];
            random.NextBytes(MemoryMarshal.AsBytes(spanArray.AsSpan()));
            sbyte[] vectorArray = [.. spanArray];
            int size = Marshal.SizeOf<T>();
            int offset = random.Next(0, ArrayLength);
            int length = random.Next(0, 1 + ((ArrayLength - offset) / size));
            int first = random.Next(-1, length + 2);
            int second = random.Next(-1, length + 2);
            T value = Value<T>(random);
            int operation = random.Next(7);

            string expected = Outcome(() => RunSpan(MemoryMarshal.Cast<sbyte, T>(spanArray.AsSpan(offset, length * size)), operation, first, second, value));
            string actual = Outcome(() => RunVector(Activator.CreateInstance(type, vectorArray, offset, length)!, operation, first, second, value));

            Assert.Equal(expected, actual);
            Assert.Equal(spanArray, vectorArray);
            outcomes.Add(expected);
        }

        // The cases reach every exception, and runs without one.
        Assert.Equal(4, outcomes.Count(outcome => outcome is "done" or nameof(IndexOutOfRangeException) or nameof(ArgumentOutOfRangeException) or nameof(ArgumentException)));
    }

    private static void RunSpan<T>(Span<T> span, int operation, int first, int second, T value)
    {
        switch (operation)
        {
            case 0:
                span[first] = span[second];
                break;
            case 1:
                span[first] = value;
                break;
            case 2:
                span[first..].Fill(value);
                break;
            case 3:
                span.Slice(first, second).Clear();
                break;
            case 4:
                span.Slice(first, second).CopyTo(span[second..]);
                break;
            case 5:
                span[first..].CopyTo(span);
                break;
            default:
                span.CopyTo(span[first..]);
                break;
        }
    }

    private static void RunVector(object vector, int operation, int first, int second, object? value)
    {
        switch (operation)
        {
            case 0:
                Call(vector, "set_Item", first, Call(vector, "get_Item", second));
                break;
            case 1:
                Call(vector, "set_Item", first, value);
                break;
            case 2:
                Call(Call(vector, "Slice", first)!, "Fill", value);
                break;
            case 3:
                Call(Call(vector, "Slice", first, second)!, "Clear");
                break;
            case 4:
                Call(Call(vector, "Slice", first, second)!, "CopyTo", Call(vector, "Slice", second));
                break;
            case 5:
                Call(Call(vector, "Slice", first)!, "CopyTo", vector);
                break;
            default:
                Call(vector, "CopyTo", Call(vector, "Slice", first));
                break;
        }
    }

    private static T Value<T>(Random random)
        where T : unmanaged
    {
        Span<T> value = stackalloc T[1];
        random.NextBytes(MemoryMarshal.AsBytes(value));
        return value[0];
    }

    private static object? Call(object target, string method, params object?[] arguments)
        => target.GetType().GetMethods().Single(found => found.Name == method && found.GetParameters().Length == arguments.Length).Invoke(target, arguments);

    private static object? Get(object target, string property) => target.GetType().GetProperty(property)!.GetValue(target);

    private static string Outcome(Action action)
    {
        try
        {
            action();
            return "done";
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.GetType().Name;
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            return exception.GetType().Name;
        }
    }
}
