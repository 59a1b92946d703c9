namespace EdgeQuant.Benchmarks;

/// <summary>A network and how fast it is.</summary>
/// <param name="Name">The network.</param>
/// <param name="Macs">Multiplications that are accumulated in one inference.</param>
/// <param name="FileBytes">The size of its model file.</param>
/// <param name="Peer">How fast the peer is; null if it does not run the network.</param>
/// <param name="NoPeer">Why the peer does not run it; null if it does, or was left out.</param>
/// <param name="Sets">How fast EdgeQuant is, with each kernel set.</param>
internal sealed record NetworkFigures(string Name, long Macs, int FileBytes, PeerFigures? Peer, string? NoPeer, IReadOnlyList<KernelSetFigures> Sets);
