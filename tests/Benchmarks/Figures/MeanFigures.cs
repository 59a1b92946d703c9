namespace EdgeQuant.Benchmarks;

/// <summary>How a kernel set does over all networks that the peer runs too.</summary>
/// <param name="Kernels">The kernel set.</param>
/// <param name="Networks">The number of networks.</param>
/// <param name="Ratio">The geometric means of their ratios.</param>
internal sealed record MeanFigures(string Kernels, int Networks, Ratio Ratio)
{
    /// <summary>The means for each kernel set; none for one without ratios.</summary>
    public static IReadOnlyList<MeanFigures> Of(IEnumerable<NetworkFigures> networks)
    {
        return
        [
            .. networks.SelectMany(network => network.Sets)
                .Where(set => set.Ratio is not null)
                .GroupBy(set => set.Kernels, set => set.Ratio!)
                .Select(ratios => new MeanFigures(
                    ratios.Key, ratios.Count(), new Ratio(GeometricMean(ratios.Select(ratio => ratio.OfMedians)), GeometricMean(ratios.Select(ratio => ratio.OfMinima))))),
        ];
    }

    private static double GeometricMean(IEnumerable<double> values)
    {
        return Math.Exp(values.Average(Math.Log));
    }
}
