using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>Writes tables front to back: a table's vtable, the table, then what it points at.</summary>
internal sealed class TableWriter
{
    private const int Alignment = 8;

    private readonly List<byte> bytes = [];

    public static byte[] Write(TableBuilder root, string identifier)
    {
        var writer = new TableWriter();
        writer.Append([0, 0, 0, 0, .. Encoding.ASCII.GetBytes(identifier)]);
        writer.PointAt(0, writer.WriteTable(root));
        return [.. writer.bytes];
    }

    private int WriteTable(TableBuilder table)
    {
        int vtableLength = 4 + (2 * (table.Fields.Count == 0 ? 0 : table.Fields.Keys.Last() + 1));
        int vtable = Align();
        Append(new byte[vtableLength]);
        int start = Align();
        Append(BitConverter.GetBytes(start - vtable));

        List<(int Position, object Value)> references = [];
        foreach ((int field, object value) in table.Fields)
        {
            byte[]? number = Number(value);
            Align(number?.Length ?? 4);
            SetUInt16(vtable + 4 + (2 * field), bytes.Count - start);
            if (number is null)
            {
                references.Add((bytes.Count, value));
            }

            Append(number ?? new byte[4]);
        }

        SetUInt16(vtable, vtableLength);
        SetUInt16(vtable + 2, bytes.Count - start);
        foreach ((int position, object value) in references)
        {
            PointAt(position, value is TableBuilder child ? WriteTable(child) : WriteVector(value));
        }

        return start;
    }

    private int WriteVector(object value)
    {
        // The elements, not their count, are what stands aligned.
        Align();
        Append(new byte[4]);
        int start = bytes.Count;
        switch (value)
        {
            case string text:
                AppendVector<byte>(Encoding.UTF8.GetBytes(text));
                Append([0]);
                break;
            case byte[] elements:
                AppendVector<byte>(elements);
                break;
            case int[] elements:
                AppendVector<int>(elements);
                break;
            case long[] elements:
                AppendVector<long>(elements);
                break;
            case float[] elements:
                AppendVector<float>(elements);
                break;
            case TableBuilder[] tables:
                AppendVector<int>(new int[tables.Length]);
                WriteElements(tables, start + 4);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} has no form in a file.", nameof(value));
        }

        return start;
    }

    private void WriteElements(TableBuilder[] tables, int first)
    {
        Dictionary<TableBuilder, int> written = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < tables.Length; i++)
        {
            if (!written.TryGetValue(tables[i], out int position))
            {
                position = WriteTable(tables[i]);
                written.Add(tables[i], position);
            }

            PointAt(first + (4 * i), position);
        }
    }

    private void AppendVector<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        Append(BitConverter.GetBytes(elements.Length));
        Append(MemoryMarshal.AsBytes(elements));
    }

    private static byte[]? Number(object value)
    {
        return value switch
        {
            bool flag => [flag ? (byte)1 : (byte)0],
            byte number => [number],
            sbyte number => [(byte)number],
            int number => BitConverter.GetBytes(number),
            uint number => BitConverter.GetBytes(number),
            ulong number => BitConverter.GetBytes(number),
            float number => BitConverter.GetBytes(number),
            _ => null,
        };
    }

    private void Append(ReadOnlySpan<byte> more)
    {
        bytes.AddRange(more);
    }

    private int Align(int alignment = Alignment)
    {
        Append(new byte[-bytes.Count & (alignment - 1)]);
        return bytes.Count;
    }

    private void PointAt(int position, int target)
    {
        BinaryPrimitives.WriteInt32LittleEndian(CollectionsMarshal.AsSpan(bytes)[position..], target - position);
    }

    private void SetUInt16(int position, int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(CollectionsMarshal.AsSpan(bytes)[position..], checked((ushort)value));
    }
}
