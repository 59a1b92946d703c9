namespace EdgeQuant.Converter.Data.Labels;

/// <summary>The classes in a file, one after another.</summary>
internal abstract class LabelSource : IDisposable
{
    /// <summary>The file, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>How many there are; null if that is not known before they are read.</summary>
    public abstract long? Count { get; }

    /// <summary>Where the class that was read last stands, for messages; null if its number says it.</summary>
    public virtual string? Place => null;

    /// <summary>The next class; null if there is none left.</summary>
    public abstract RawLabel? Next();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
