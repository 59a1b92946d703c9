using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using Xunit;

namespace EdgeQuant.Converter.Tests.Host;

public sealed class BinaryKernelTests
{
    [Theory]
    [InlineData(nameof(HostOperation.Add), 5f, -1f)]
    [InlineData(nameof(HostOperation.Subtract), 1f, 3f)]
    [InlineData(nameof(HostOperation.Multiply), 6f, -2f)]
    [InlineData(nameof(HostOperation.Divide), 1.5f, -0.5f)]
    [InlineData(nameof(HostOperation.Maximum), 3f, 1f)]
    [InlineData(nameof(HostOperation.Minimum), 2f, -2f)]
    [InlineData(nameof(HostOperation.SquaredDifference), 1f, 9f)]
    public void Elements_are_combined_in_their_order(string operation, float first, float second)
    {
        Assert.Equal([first, second], Run(Enum.Parse<HostOperation>(operation), null, [3, 1], [2], [2, -2], [2], [2]));
    }

    [Fact]
    public void Shapes_are_broadcast_against_each_other()
    {
        float[] a = [1, 2, 3];
        float[] b = [10, 20, 30, 40];

        Assert.Equal([11, 12, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43], Run(HostOperation.Add, null, a, [3], b, [2, 2, 1], [2, 2, 3]));
        Assert.Equal([11, 12, 13], Run(HostOperation.Add, null, a, [1, 3], [10], [], [1, 3]));
        Assert.Equal([9], Run(HostOperation.Subtract, null, [10], [], [1], [], []));
        Assert.Equal([11, 21, 12, 22, 33, 43, 34, 44], Run(HostOperation.Add, null, [1, 2, 3, 4], [2, 2, 1], b, [2, 1, 2], [2, 2, 2]));
    }

    [Fact]
    public void Activations_clamp()
    {
        Assert.Equal([0, 5, 10], Run(HostOperation.Add, Activation.Relu, [-6, 0, 5], [3], [5], [1], [3]));
        Assert.Equal([0, 0, 5], Run(HostOperation.Subtract, Activation.Relu, [-5, 0, 5], [3], [0], [1], [3]));
        Assert.Equal([0, 0, 5, 6], Run(HostOperation.Add, Activation.Relu6, [-5, 0, 5, 7], [4], [0], [1], [4]));
        Assert.Equal([-1, 0, 1], Run(HostOperation.Multiply, Activation.ReluN1To1, [-5, 0, 5], [3], [1], [1], [3]));
    }

    [Fact]
    public void Basic_operations_stay_finite_as_in_the_reference()
    {
        Assert.Equal([float.MaxValue, float.MinValue], Run(HostOperation.Divide, null, [1, -1], [2], [0], [1], [2]));
        Assert.Equal([float.PositiveInfinity], Run(HostOperation.Maximum, null, [float.PositiveInfinity], [1], [0], [1], [1]));
        Assert.True(float.IsNaN(Run(HostOperation.Divide, null, [0], [1], [0], [1], [1])[0]));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.NotNull(Problem([2], [3], [3]));
        Assert.NotNull(Problem([2, 1], [2], [2]));
        Assert.NotNull(Problem([1], [2], [1]));
        Assert.Null(Problem([2, 1], [2], [2, 2]));
    }

    private static string? Problem(int[] a, int[] b, int[] output)
    {
        return HostStepCheck.Explain(Step(HostOperation.Add, null), [Tensor(a), Tensor(b), Tensor(output)]);
    }

    private static float[] Run(HostOperation operation, Activation? activation, float[] a, int[] aShape, float[] b, int[] bShape, int[] shape)
    {
        HostStep step = Step(operation, activation);
        HostTensor[] tensors = [Tensor(aShape), Tensor(bShape), Tensor(shape)];
        HostExecutor host = new(tensors);
        Floats.Bytes(a).CopyTo(host[0]);
        Floats.Bytes(b).CopyTo(host[1]);

        Assert.Null(HostStepCheck.Explain(step, tensors));
        host.Run([step]);
        return Floats.Of(host[2]);
    }

    private static HostStep Step(HostOperation operation, Activation? activation)
    {
        return new HostStep { Operation = operation, Inputs = [0, 1], Outputs = [2], Activation = activation };
    }

    private static HostTensor Tensor(int[] shape)
    {
        return new HostTensor { Type = DataType.Float32, Shape = shape };
    }
}
