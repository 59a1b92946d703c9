using EdgeQuant.Converter.Data.Files;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>Opens files that hold one array.</summary>
internal static class ArrayFile
{
    /// <summary>Opens a NumPy array file.</summary>
    public static RecordSource OpenNpy(DataStream data, SampleInput input)
    {
        return Open(data, NpyHeader.Read, input);
    }

    /// <summary>Opens an IDX file.</summary>
    public static RecordSource OpenIdx(DataStream data, SampleInput input)
    {
        return Open(data, IdxHeader.Read, input);
    }

    private static RecordSource Open(DataStream data, Func<DataStream, ArrayHeader> read, SampleInput input)
    {
        try
        {
            ArrayHeader header = read(data);
            return header.ColumnMajor && header.Shape.Length > 1 ? new ColumnMajorRecords(data, header, input) : new RowMajorRecords(data, header, input);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }
}
