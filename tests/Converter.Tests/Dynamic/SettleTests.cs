using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using Xunit;

namespace EdgeQuant.Converter.Tests.Dynamic;

public sealed class SettleTests
{
    private const int Cases = 500;

    [Theory]
    [InlineData(nameof(DataType.Int8))]
    [InlineData(nameof(DataType.Int16))]
    public void Results_are_the_nearest_steps_of_the_fixed_scale_or_its_ends(string type)
    {
        DataType output = Enum.Parse<DataType>(type);
        (int lowest, int highest) = output == DataType.Int8 ? (sbyte.MinValue, sbyte.MaxValue) : (short.MinValue, short.MaxValue);
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            DynamicScale scale = DynamicScale.Of(Math.Pow(10, random.Next(-12, 12)) * (0.1 + random.NextDouble()), random.Next(-128, 128));
            float step = (float)(scale.Step * Math.Pow(10, random.Next(-7, 4)) * (0.1 + random.NextDouble()));
            int zeroPoint = output == DataType.Int8 ? random.Next(-128, 128) : 0;
            sbyte[] data = [.. Enumerable.Range(-128, 256).Select(value => (sbyte)value)];

            int[] found = Run(output, step, zeroPoint, data, scale);

            for (int i = 0; i < data.Length; i++)
            {
                double exact = ((data[i] - scale.ZeroPoint) * scale.Step / step) + zeroPoint;
                Assert.InRange(found[i] - Math.Clamp(exact, lowest, highest), -0.5001, 0.5001);
            }
        }
    }

    [Fact]
    public void Other_types_are_refused()
    {
        Assert.Throws<UnsupportedNetworkException>(() => Run(DataType.Int32, 1, 0, [1], DynamicScale.Of(1, 0)));
        Assert.Throws<UnsupportedNetworkException>(() => Run(DataType.Int8, 0, 0, [1], DynamicScale.Of(1, 0)));
    }

    private static int[] Run(DataType type, float step, int zeroPoint, sbyte[] data, DynamicScale scale)
    {
        Tensor output = new("settled", type, [data.Length]) { Quantization = Quantization.PerTensor(step, zeroPoint) };
        Node node = new(new Settle(), [new Tensor("data", DataType.Int8, [data.Length]), DynamicNetwork.Scale("scale")], [output]);
        byte[] scaleBytes = new byte[DynamicScale.Elements * sizeof(int)];
        scale.Write(scaleBytes);
        byte[] result = DynamicNetwork.Load(node).RunBytes(MemoryMarshal.AsBytes(data.AsSpan()).ToArray(), scaleBytes)[0];
        return type == DataType.Int8
            ? [.. MemoryMarshal.Cast<byte, sbyte>(result).ToArray().Select(value => (int)value)]
            : [.. MemoryMarshal.Cast<byte, short>(result).ToArray().Select(value => (int)value)];
    }
}
