namespace EdgeQuant.Converter.Data.Files;

/// <summary>The formats of files that samples are read from.</summary>
internal enum SampleFormat
{
    /// <summary>One NumPy array.</summary>
    Npy,

    /// <summary>Several NumPy arrays in a ZIP file.</summary>
    Npz,

    /// <summary>MNIST's array.</summary>
    Idx,

    /// <summary>Rows of text.</summary>
    Csv,

    /// <summary>Numbers without a header.</summary>
    Raw,
}
