namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>What constants take that an import makes. Bounded, because a small file may ask for large ones.</summary>
internal sealed class ImportMemory
{
    /// <summary>The most bytes that an import makes: 1 GiB.</summary>
    public const long Limit = 1L << 30;

    private long _taken;

    /// <summary>Takes memory; false if there is not so much left.</summary>
    public bool TryTake(long bytes)
    {
        if (bytes > Limit - _taken)
        {
            return false;
        }

        _taken += bytes;
        return true;
    }

    /// <summary>Takes memory.</summary>
    /// <exception cref="RefusedOperatorException">There is not so much left.</exception>
    public void Take(long bytes)
    {
        if (!TryTake(bytes))
        {
            throw ImportContext.Refused($"What is computed of constants takes more than {Limit} bytes.", "Use fewer or smaller constants.");
        }
    }
}
