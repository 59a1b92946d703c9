using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data;

/// <summary>Numbers of a file, record after record, as they are stored: nothing is allocated that the file does not hold.</summary>
internal abstract class RecordSource : IDisposable
{
    /// <summary>The file, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>How many records there are in all, as far as the file says.</summary>
    public abstract long? Count { get; }

    /// <summary>The class of the record that was read last; null if the file does not say.</summary>
    public virtual RawLabel? Label => null;

    /// <summary>Where the record that was read last lies, for messages: "line 7"; null if its number says it.</summary>
    public virtual string? Place => null;

    /// <summary>The type in which the numbers of an input are stored; null if they are text.</summary>
    public abstract DataType? TypeOf(int input);

    /// <summary>Reads the next record.</summary>
    /// <param name="record">For each input an array as long as it has elements.</param>
    /// <returns>False if there is none left.</returns>
    /// <exception cref="DataException">The file is damaged, cut short or of another form.</exception>
    public abstract bool Read(double[][] record);

    /// <summary>Checks what can only be seen when no more records are read.</summary>
    public virtual void Finish()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
