using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>Which kernel sets a processor has.</summary>
public sealed class KernelSetTests
{
    [Fact]
    public void Every_processor_has_those_in_plain_code()
    {
        Assert.Equal(["scalar", "compact"], Names()[^2..]);
        Assert.Same(KernelSets.All[^1], KernelSets.Compact);
        Assert.Distinct(Names());
    }

    [Fact]
    public void A_processor_for_Arm64_has_dot_products_where_it_says_so()
    {
        string[] dotProducts = Dp.IsSupported ? ["dotprod"] : [];
        string[] neon = AdvSimd.Arm64.IsSupported ? ["neon"] : [];
        Assert.Equal([.. dotProducts, .. neon], Names().Intersect(["dotprod", "neon"]));
    }

    private static string[] Names()
    {
        return Array.ConvertAll(KernelSets.All, set => set.Name);
    }
}
