using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Tests.Arithmetic;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>One sum and one shift give the reference's two roundings wherever a scale may be used.</summary>
public sealed class ScalarScaleTests
{
    [Fact]
    public void Right_shifts_and_an_offset() => Property.Holds(
        Cases(ScalarScale.SmallestShift, 0).Zip(Gen.Choose(-255, 255), static (value, offset) => (value.X, value.Multiplier, value.Shift, Offset: offset)),
        static value => new ScalarScale(value.Multiplier, value.Shift, value.Offset).Apply(value.X) == Expected(value.X, value.Multiplier, value.Shift) + value.Offset);

    [Fact]
    public void All_right_shifts_without_an_offset() => Property.Holds(
        Cases(-31, 0),
        static value => new ScalarScale(value.Multiplier, value.Shift, 0).Apply(value.X) == Expected(value.X, value.Multiplier, value.Shift));

    [Fact]
    public void Left_shifts_that_stay_within_32_bits() => Property.Holds(
        Cases(0, 30),
        static value => new ScalarScale(value.Multiplier, value.Shift, 7).Apply(value.X >> value.Shift) == Expected(value.X >> value.Shift, value.Multiplier, value.Shift) + 7);

    [Theory]
    [InlineData(-128, 127)]
    [InlineData(-128, -128)]
    [InlineData(-3, 40)]
    public void Outputs_are_clamped(int minimum, int maximum)
    {
        foreach (int value in (int[])[int.MinValue / 2, -300, -129, -128, -4, -3, 0, 39, 40, 41, 127, 128, int.MaxValue / 2])
        {
            Assert.Equal(Math.Clamp(value, minimum, maximum), ScalarScale.Clamp(value - minimum, maximum, maximum - minimum));
        }
    }

    private static Gen<(int X, int Multiplier, int Shift)> Cases(int smallestShift, int largestShift)
    {
        return Numbers.Int32.SelectMany(
            x => Gen.OneOf(Numbers.Multiplier, Gen.Choose(0, int.MaxValue)).Zip(Gen.Choose(smallestShift, largestShift)),
            static (x, factor) => (x, factor.Item1, factor.Item2));
    }

    private static int Expected(int x, int multiplier, int shift)
    {
        return Requantization.MultiplyByQuantizedMultiplier(x, multiplier, shift);
    }
}
