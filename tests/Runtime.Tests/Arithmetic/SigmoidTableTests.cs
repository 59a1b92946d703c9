using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class SigmoidTableTests
{
    [Fact]
    public void Values_FollowTheirFormula()
    {
        Assert.Equal(256, SigmoidTable.Values.Length);
        for (int i = 0; i < 255; i++)
        {
            double missing = Sigmoid(i + 0.5) - ((Sigmoid(i) + Sigmoid(i + 1)) / 2);
            Assert.Equal(Math.Round(Sigmoid(i) + (missing / 2)), SigmoidTable.Values[i]);
        }

        Assert.Equal(ushort.MaxValue, SigmoidTable.Values[255]);
    }

    private static double Sigmoid(double i) => 65536 / (1 + Math.Exp(-i / 24));
}
