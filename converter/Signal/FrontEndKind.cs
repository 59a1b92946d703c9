namespace EdgeQuant.Converter.Signal;

/// <summary>What makes features of samples.</summary>
internal enum FrontEndKind
{
    /// <summary>The samples are the features.</summary>
    Raw,

    /// <summary>A network in a file of its own.</summary>
    Network,
}
