namespace EdgeQuant.Tool.Output;

/// <summary>What became of the hosts of an inventory.</summary>
/// <param name="Hosts">The hosts in their order.</param>
internal sealed record FleetDocument(IReadOnlyList<HostDocument> Hosts);
