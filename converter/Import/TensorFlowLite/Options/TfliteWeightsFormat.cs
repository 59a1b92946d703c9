namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>As <c>FullyConnectedOptionsWeightsFormat</c> of the schema.</summary>
internal enum TfliteWeightsFormat : sbyte
{
    /// <summary>Row-major, one row an output.</summary>
    Default = 0,

    /// <summary>Blocks of 4 rows by 16 columns.</summary>
    Shuffled4x16Int8 = 1,
}
