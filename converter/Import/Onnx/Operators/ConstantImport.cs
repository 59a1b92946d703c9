using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.Onnx.Protocol;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Operators that give constants, once all shapes are known.</summary>
internal static class ConstantImport
{
    public static void Constant(ImportContext context)
    {
        AttributeReader attributes = context.Attributes;
        context.Give(attributes switch
        {
            _ when attributes.Tensor("value") is TensorProto value => ConstantTensor.Of(value, context.Graph.Label),
            _ when attributes.Has("value_int") => context.Graph.Integers(DataType.Int64, [], attributes.Int("value_int", 0)),
            _ when attributes.Ints("value_ints") is long[] values => context.Graph.Integers(DataType.Int64, [values.Length], values),
            _ when attributes.Has("value_float") => context.Graph.Constant([], attributes.Float("value_float", 0)),
            _ when attributes.Floats("value_floats") is float[] values => context.Graph.Constant([values.Length], values),
            _ => throw ImportContext.Refused("Its value is no dense tensor of numbers.", "Store it as a dense tensor."),
        });
    }

    public static void ConstantOfShape(ImportContext context)
    {
        long[] shape = context.Longs(0, "shape");
        ImportContext.Require(Array.TrueForAll(shape, size => size is >= 0 and <= int.MaxValue), $"Its shape is {Shapes.Text(shape)}.");
        Tensor value = context.Attributes.Tensor("value") is TensorProto given ? ConstantTensor.Of(given, context.Graph.Label) : context.Graph.Constant([1], 0);
        ImportContext.Require(value.ElementCount == 1, $"Its value {value} has not one element.");
        int[] sizes = Array.ConvertAll(shape, size => (int)size);
        context.Give(sizes.Contains(0)
            ? new Tensor(context.Graph.Label, value.Type, sizes) { Data = ReadOnlyMemory<byte>.Empty }
            : context.Graph.Add(new Fill(), value.Type, sizes, null, value));
    }

    public static void Shape(ImportContext context)
    {
        int[] shape = context.Input(0).Shape;
        int start = Position(context.Attributes.Int("start", 0), shape.Length);
        int end = Position(context.Attributes.Int("end", shape.Length), shape.Length);
        long[] sizes = [.. shape.Skip(start).Take(Math.Max(end - start, 0)).Select(size => (long)size)];
        context.Give(context.Graph.Integers(DataType.Int64, [sizes.Length], sizes));
    }

    public static void Size(ImportContext context)
    {
        context.Give(context.Graph.Integers(DataType.Int64, [], context.Input(0).ElementCount));
    }

    /// <summary>Numbers from a constant start to a constant limit.</summary>
    public static void Range(ImportContext context)
    {
        const int MostNumbers = 1 << 24;
        DataType type = context.Input(0).Type;
        if (type == DataType.Float32)
        {
            float[] bounds = [context.Scalar(0, "start") ?? 0, context.Scalar(1, "limit") ?? 0, context.Scalar(2, "step") ?? 0];
            double numbers = Math.Max(Math.Ceiling(((double)bounds[1] - bounds[0]) / bounds[2]), 0);
            ImportContext.Require(numbers is >= 0 and <= MostNumbers, $"It gives {numbers} numbers; supported are {MostNumbers}.");
            context.Give(context.Graph.Constant([(int)numbers], [.. Enumerable.Range(0, (int)numbers).Select(i => bounds[0] + (i * bounds[2]))]));
            return;
        }

        long[] given = [.. Enumerable.Range(0, 3).Select(input => context.Longs(input, "range") is [long one] ? one : throw ImportContext.Inconsistent("Its range is not given by single numbers."))];
        ImportContext.Require(given[2] != 0, "Its step is 0.");
        Int128 distance = (Int128)given[1] - given[0];
        Int128 count = Int128.Max((distance / given[2]) + (distance % given[2] != 0 && (distance > 0) == (given[2] > 0) ? 1 : 0), 0);
        ImportContext.Require(count <= MostNumbers, $"It gives {count} numbers; supported are {MostNumbers}.");
        context.Give(context.Graph.Integers(type, [(int)count], [.. Enumerable.Range(0, (int)count).Select(i => given[0] + (i * given[2]))]));
    }

    private static int Position(long given, int length)
    {
        return (int)Math.Clamp(given < 0 ? given + length : given, 0, length);
    }
}
