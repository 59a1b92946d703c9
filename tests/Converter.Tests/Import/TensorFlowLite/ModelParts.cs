namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>The tables of a TensorFlow Lite file, by the schema's names.</summary>
internal static class ModelParts
{
    public static TableBuilder Model(TableBuilder[] codes, TableBuilder[] subgraphs, TableBuilder[] buffers)
    {
        return new TableBuilder().With(0, 3u).With(1, codes).With(2, subgraphs).With(3, "made by a test").With(4, buffers);
    }

    public static TableBuilder Code(int builtIn, int version = 1)
    {
        return new TableBuilder().With(0, (sbyte)Math.Min(builtIn, 127)).With(2, version).With(3, builtIn);
    }

    public static TableBuilder Subgraph(TableBuilder[] tensors, int[] inputs, int[] outputs, params TableBuilder[] operators)
    {
        return new TableBuilder().With(0, tensors).With(1, inputs).With(2, outputs).With(3, operators).With(4, "main");
    }

    public static TableBuilder Tensor(string name, sbyte type, int[] shape, uint buffer = 0)
    {
        return new TableBuilder().With(0, shape).With(1, type).With(2, buffer).With(3, name);
    }

    public static TableBuilder Quantization(float[] scales, long[] zeroPoints, int dimension)
    {
        return new TableBuilder().With(2, scales).With(3, zeroPoints).With(6, dimension);
    }

    public static TableBuilder Node(uint code, int[] inputs, int[] outputs)
    {
        return new TableBuilder().With(0, code).With(1, inputs).With(2, outputs);
    }

    public static TableBuilder Options(this TableBuilder node, byte unionType, TableBuilder options)
    {
        return node.With(3, unionType).With(4, options);
    }

    public static TableBuilder Buffer(params byte[] data)
    {
        return data.Length == 0 ? new TableBuilder() : new TableBuilder().With(0, data);
    }
}
