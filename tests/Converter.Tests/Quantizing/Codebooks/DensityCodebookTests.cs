using EdgeQuant.Converter.Quantizing.Codebooks;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Codebooks;

public sealed class DensityCodebookTests
{
    [Fact]
    public void No_other_codebook_has_less_error()
    {
        Random random = new(1);
        for (int round = 0; round < 20; round++)
        {
            float[] weights = [.. Enumerable.Range(0, 12).Select(_ => (random.NextSingle() * 24) - 12)];
            WeightSlice slice = new(weights, importance: null);
            WeightMoments moments = new([slice], [1]);

            double found = slice.Error(1, new NearestEntry(DensityCodebook.Of(moments, 3, keepsZero: false)));
            double withZero = slice.Error(1, new NearestEntry(DensityCodebook.Of(moments, 3, keepsZero: true)));

            Assert.Equal(Least(slice, codebook => true), found, 6);
            Assert.Equal(Least(slice, codebook => codebook.Contains((sbyte)0)), withZero, 6);
        }
    }

    [Fact]
    public void There_are_no_more_entries_than_help()
    {
        WeightSlice slice = new([3, 3, -7, -7, 20], importance: null);

        Assert.Equal<sbyte>([-7, 3, 20], DensityCodebook.Of(new WeightMoments([slice], [1]), 16, keepsZero: false));
        Assert.Equal<sbyte>([-7, 0, 3, 20], DensityCodebook.Of(new WeightMoments([slice], [1]), 16, keepsZero: true));
    }

    /// <summary>The least error of all codebooks of three entries from -13 to 13.</summary>
    private static double Least(WeightSlice slice, Predicate<sbyte[]> allowed)
    {
        double least = double.PositiveInfinity;
        for (sbyte low = -13; low <= 13; low++)
        {
            for (sbyte middle = low; middle <= 13; middle++)
            {
                for (sbyte high = middle; high <= 13; high++)
                {
                    sbyte[] codebook = [low, middle, high];
                    least = allowed(codebook) ? Math.Min(least, slice.Error(1, new NearestEntry(codebook))) : least;
                }
            }
        }

        return least;
    }
}
