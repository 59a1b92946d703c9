using EdgeQuant.Converter.Data.Arrays;
using EdgeQuant.Converter.Data.Files;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data.Labels;

/// <summary>Reads files of classes: a number for each record, or a row of zeros with one 1.</summary>
internal static class LabelFile
{
    /// <summary>Reads the classes of the first records.</summary>
    /// <param name="file">The file.</param>
    /// <param name="needed">How many records there are, or as many of them as were read.</param>
    /// <param name="total">How many records there are in all; null if that is not known.</param>
    /// <param name="classes">Which classes there are.</param>
    /// <param name="options">What was said of columns and names.</param>
    /// <exception cref="DataException">The file is damaged, has another number of labels than there are records, or a class that does not exist.</exception>
    public static int[] Read(SampleFile file, int needed, long? total, ClassReader classes, SampleOptions options)
    {
        using LabelSource source = Open(file, needed, total, classes, options);
        if (total is long records && source.Count is long count && count != records)
        {
            throw WrongCount(source.Name, $"{count}", records);
        }

        int[] labels = new int[needed];
        for (int i = 0; i < needed; i++)
        {
            labels[i] = source.Next() is RawLabel label ? classes.Read(label, source.Name, source.Place ?? $"record {i}") : throw WrongCount(source.Name, $"{i}", total ?? needed);
        }

        return total == needed && source.Next() is not null ? throw WrongCount(source.Name, $"more than {needed}", needed) : labels;
    }

    private static LabelSource Open(SampleFile file, int needed, long? total, ClassReader classes, SampleOptions options)
    {
        SampleFormat format = SampleFormats.Of(file.Path);
        SampleInput numbers = new("classes", DataType.Int64, [1]);
        return format switch
        {
            SampleFormat.Csv => new TextLabels(file.Path, options),
            SampleFormat.Raw => new ArrayLabels(OpenRaw(file.Path, needed, total), 1),
            SampleFormat.Idx => new ArrayLabels(ArrayFile.OpenIdx(DataStream.Open(file.Path), numbers), 1),
            SampleFormat.Npz => OpenNumPy(input => NpzFile.OpenLabels(file.Path, file.Array, input), numbers, classes.Classes),
            _ => OpenNumPy(input => ArrayFile.OpenNpy(DataStream.Open(file.Path), input), numbers, classes.Classes),
        };
    }

    /// <summary>Opens an array of classes; where that does not fit, of rows with a number for each class.</summary>
    private static ArrayLabels OpenNumPy(Func<SampleInput, RecordSource> open, SampleInput numbers, int classes)
    {
        try
        {
            return new ArrayLabels(open(numbers), 1);
        }
        catch (DataException single) when (single.Place == ArrayFit.Place)
        {
            try
            {
                return new ArrayLabels(open(numbers with { Shape = [classes] }), classes);
            }
            catch (DataException rows) when (rows.Place == ArrayFit.Place)
            {
                throw new DataException(single.File, single.Place, single.Found, $"[records], or [records,{classes}] with a 1 in the column of the class");
            }
        }
    }

    /// <summary>Numbers without a header: their size is told by how many there have to be.</summary>
    private static RawRecords OpenRaw(string path, int needed, long? total)
    {
        DataStream data = DataStream.Open(path);
        long? size = data.KnownLength is long length && total is long records && length % records == 0 ? length / records : null;
        DataType? type = size switch
        {
            1 => DataType.UInt8,
            2 => DataType.Int16,
            4 => DataType.Int32,
            8 => DataType.Int64,
            _ => null,
        };
        if (type is DataType known)
        {
            return new RawRecords(data, [new SampleInput("classes", known, [1])], null);
        }

        data.Dispose();
        string count = total is long all ? $"{all}" : $"{needed} of an unknown number of";
        throw new DataException(
            path, "the length of the file", data.KnownLength is long found ? $"{found} bytes" : "not known before it is unpacked",
            $"1, 2, 4 or 8 bytes for each of {count} records", "Save labels as .npy or as text, one a line.");
    }

    private static DataException WrongCount(string file, string found, long records)
    {
        return new DataException(file, "the number of labels", found, $"{records}, one for each record");
    }
}
