using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Lists of tensors by their position in the subgraph.</summary>
internal static class TensorIndices
{
    /// <summary>Each entry is a tensor.</summary>
    public static ImmutableArray<int> Read(FlatBufferTable table, int field, string name, int tensorCount) =>
        Read(table, field, name, 0, tensorCount);

    /// <summary>Each entry is a tensor or <see cref="TfliteNode.Absent"/>.</summary>
    public static ImmutableArray<int> ReadOptional(FlatBufferTable table, int field, string name, int tensorCount) =>
        Read(table, field, name, TfliteNode.Absent, tensorCount);

    private static ImmutableArray<int> Read(FlatBufferTable table, int field, string name, int least, int tensorCount)
    {
        ImmutableArray<int> indices = table.Int32Vector(field, name);
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] < least || indices[i] >= tensorCount)
            {
                throw table.ElementError(field, name, i, $"tensor {indices[i]}", least < 0 ? $"{least} to {tensorCount - 1}" : Allowed.IndexOf(tensorCount));
            }
        }

        return indices;
    }
}
