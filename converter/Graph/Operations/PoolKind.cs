namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>What a pool makes of the pixels in a window.</summary>
internal enum PoolKind
{
    Average,
    Maximum,
}
