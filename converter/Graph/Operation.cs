namespace EdgeQuant.Converter.Graph;

/// <summary>
/// What a node computes: one record a kind, with its attributes. Independent of any file format; the importers make them, passes rewrite
/// them, lowering turns them into operators of the runtime.
/// </summary>
internal abstract record Operation
{
    /// <summary>The name in reports.</summary>
    public virtual string Name => GetType().Name;
}
