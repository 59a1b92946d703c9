using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>What tensors must be, whatever the operation.</summary>
public sealed class OperandTests
{
    [Fact]
    public void A_tensor_without_elements_is_refused()
    {
        Refuses(DataType.Int8, [2, 0]);
    }

    [Fact]
    public void A_computed_tensor_of_a_type_for_constants_is_refused()
    {
        Refuses(DataType.Int64, [2]);
        Refuses(DataType.Int4, [2]);
    }

    [Fact]
    public void More_dimensions_than_the_device_has_are_refused()
    {
        Refuses(DataType.Int8, [1, 1, 1, 1, 1, 1, 1, 1, 1]);
    }

    private static void Refuses(object type, int[] shape)
    {
        Tensor Of() => SingleNode.Input((DataType)type, shape, Quantization.PerTensor(1, 0));
        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(new Reshape(), [Of()], Of()));
        Assert.Contains(exception.Refusals, refusal => refusal.Reason.Contains("The tensor 'input'", StringComparison.Ordinal));
    }
}
