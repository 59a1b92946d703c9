using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Evaluate.Subjects;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Comparison;

public sealed class TensorMatchTests
{
    [Fact]
    public void Equal_names_match_where_shapes_do()
    {
        SubjectTensor[] first = [Named("a", 1, 4), Named("b", 4), Named("", 4)];
        SubjectTensor[] second = [Named("b", 5), Named("a", 4), Named("", 4)];
        Assert.Equal([new TensorMatch(0, 1)], TensorMatch.Find(first, second));
    }

    [Fact]
    public void Joined_names_match_in_another_scope()
    {
        SubjectTensor[] first = [Named("relu0/Relu;FusedBatchNormV3;ftr0/Conv2D1", 8), Named("FusedBatchNormV3;ftr2/Conv2D", 8), Named("fc1/MatMul;fc1/BiasAdd", 8)];
        SubjectTensor[] second =
        [
            Named("model_8/relu0/Relu;model_8/bn0/FusedBatchNormV3;model_8/ftr0/Conv2D1", 8),
            Named("model_8/bn2/FusedBatchNormV3;model_8/ftr2/Conv2D", 8),
            Named("model_8/fc1/MatMul;model_8/fc1/BiasAdd", 8),
        ];
        Assert.Equal([new TensorMatch(0, 0), new TensorMatch(1, 1), new TensorMatch(2, 2)], TensorMatch.Find(first, second));
    }

    [Fact]
    public void Names_that_fit_several_fit_none()
    {
        SubjectTensor[] first = [Named("BiasAdd", 8)];
        SubjectTensor[] second = [Named("one/BiasAdd", 8), Named("two/BiasAdd", 8)];
        Assert.Empty(TensorMatch.Find(first, second));
        Assert.Empty(TensorMatch.Find(second, first));
    }

    [Fact]
    public void What_was_quantized_of_a_tensor_matches_it()
    {
        Assert.Equal([new TensorMatch(0, 0)], TensorMatch.Find([Named("Identity", 8)], [Named("Identity_int8", 8)]));
    }

    [Fact]
    public void Scopes_end_at_slashes()
    {
        Assert.Empty(TensorMatch.Find([Named("add", 8)], [Named("BiasAdd;overload", 8), Named("scope/padd", 8)]));
    }

    private static SubjectTensor Named(string name, params int[] shape)
    {
        return new SubjectTensor(name, shape, 0);
    }
}
