using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes.Layout;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes.Layout;

public sealed class TranspositionsToEdgesTests
{
    private readonly FloatGraph _graph = new();

    [Fact]
    public void Inverse_transpositions_around_an_activation_go()
    {
        Tensor x = _graph.Convolution(_graph.Input(1, 4, 5, 2), 3);
        _graph.Output(_graph.Convolution(ToLast(_graph.Unary(UnaryFunction.Relu, ToFirst(x))), 2));

        Assert.Equal(["Convolution2D", "Relu", "Convolution2D"], _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void An_input_with_channels_first_is_transposed_first_of_all()
    {
        Tensor x = _graph.Input(1, 3, 4, 5);
        Tensor scaled = _graph.Arithmetic(ArithmeticFunction.Multiply, _graph.Arithmetic(ArithmeticFunction.Subtract, x, _graph.Weights(3, 1, 1)), _graph.Weights(1, 3, 1, 1));
        _graph.Output(_graph.Convolution(ToLast(scaled), 2));

        Assert.Equal(["Transpose", "Subtract", "Multiply", "Convolution2D"], _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void An_output_with_channels_first_is_transposed_last_of_all()
    {
        Tensor x = ToFirst(_graph.Convolution(_graph.Input(1, 4, 5, 2), 3));
        _graph.Output(_graph.Unary(UnaryFunction.Tanh, _graph.Arithmetic(ArithmeticFunction.Add, x, _graph.Weights(3, 1, 1))));

        Assert.Equal(["Convolution2D", "Add", "Tanh", "Transpose"], _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void One_channel_or_one_pixel_is_only_reshaped()
    {
        Tensor x = _graph.Convolution(ToLast(_graph.Input(1, 1, 4, 5)), 3);
        Tensor pooled = _graph.Add(new Reduce(ReduceFunction.Mean, KeepDimensions: true), [1, 3, 1, 1], ToFirst(x), FloatGraph.Integers(2, 3));
        _graph.Output(pooled);

        Assert.Equal(["Reshape", "Convolution2D", "Mean", "Reshape"], [.. _graph.After(new TranspositionsToEdges()).Select(name => name == "Reduce" ? "Mean" : name)]);
    }

    [Fact]
    public void Flattening_permutes_the_weights_of_the_layer_behind()
    {
        Tensor x = ToFirst(_graph.Convolution(_graph.Input(2, 4, 5, 2), 3));
        Tensor flat = _graph.Unary(UnaryFunction.Relu, _graph.Reshape(x, 2, 60));
        Tensor scaled = _graph.Arithmetic(ArithmeticFunction.Multiply, flat, FloatGraph.Constant([], 0.5f));
        _graph.Output(_graph.Add(new FullyConnected(Activation.None), [2, 7], scaled, _graph.Weights(7, 60), _graph.Weights(7)));

        Assert.DoesNotContain("Transpose", _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void A_constant_for_each_feature_behind_flattening_is_permuted()
    {
        Tensor x = ToFirst(_graph.Convolution(_graph.Input(1, 4, 5, 2), 3));
        Tensor biased = _graph.Arithmetic(ArithmeticFunction.Add, _graph.Reshape(x, 1, 60), _graph.Weights(60));
        _graph.Output(_graph.Add(new FullyConnected(Activation.None), [1, 7], biased, _graph.Weights(7, 60)));

        Assert.DoesNotContain("Transpose", _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void Flattening_that_is_an_output_is_transposed()
    {
        _graph.Output(_graph.Reshape(ToFirst(_graph.Convolution(_graph.Input(1, 4, 5, 2), 3)), 1, 60));

        Assert.Equal(["Convolution2D", "Transpose", "Reshape"], _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void Detection_heads_that_put_channels_last_themselves_need_no_transposition()
    {
        Tensor x = ToFirst(_graph.Convolution(_graph.Input(1, 4, 5, 2), 6));
        Tensor y = ToFirst(_graph.Convolution(_graph.Graph.Inputs[0], 6));
        Tensor first = _graph.Reshape(_graph.Transpose(x, 0, 2, 3, 1), 1, 60, 2);
        Tensor second = _graph.Reshape(_graph.Transpose(y, 0, 2, 3, 1), 1, 60, 2);
        _graph.Output(_graph.Add(new Concatenation(1), [1, 120, 2], first, second));

        Assert.DoesNotContain("Transpose", _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void Pixels_as_rows_of_a_product_need_no_transposition()
    {
        // Attention over pixels: [batch, channels, pixels] transposed to [batch, pixels, channels].
        Tensor x = ToFirst(_graph.Convolution(_graph.Input(1, 4, 5, 2), 3));
        Tensor tokens = _graph.Transpose(_graph.Reshape(x, 1, 3, 20), 0, 2, 1);
        _graph.Output(_graph.Add(new FullyConnected(Activation.None), [1, 20, 4], tokens, _graph.Weights(4, 3)));

        Assert.DoesNotContain("Transpose", _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void A_transposed_factor_is_an_attribute_of_the_product()
    {
        Tensor queries = _graph.Input(2, 3, 5, 4);
        Tensor keys = _graph.Input(2, 3, 6, 4);
        _graph.Output(_graph.Add(new BatchMatrixProduct(LeftTransposed: false, RightTransposed: false), [2, 3, 5, 6], queries, _graph.Transpose(keys, 0, 1, 3, 2)));

        Assert.Equal(["BatchMatrixProduct"], _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void Shuffled_channels_are_put_in_order_within_the_pixels()
    {
        Tensor x = ToFirst(_graph.Convolution(_graph.Input(1, 4, 5, 2), 6));
        Tensor groups = _graph.Transpose(_graph.Reshape(x, 1, 2, 3, 4, 5), 0, 2, 1, 3, 4);
        _graph.Output(_graph.Convolution(ToLast(_graph.Reshape(groups, 1, 6, 4, 5)), 2));

        Assert.Equal(["Convolution2D", "Reshape", "Transpose", "Reshape", "Convolution2D"], _graph.After(new TranspositionsToEdges()));
        Assert.Equal([1, 4, 5, 3, 2], _graph.Graph.Nodes[2].Output().Shape);
    }

    [Fact]
    public void Parts_joins_frames_and_repetitions_name_other_axes()
    {
        Tensor x = ToFirst(_graph.Convolution(_graph.Input(1, 4, 5, 2), 4));
        Tensor[] parts = [new("left", DataType.Float32, [1, 1, 4, 5]), new("right", DataType.Float32, [1, 3, 4, 5])];
        _graph.Graph.Nodes.Add(new Node(new SplitBySizes(), [x, FloatGraph.Integers(1, 3), FloatGraph.Integers(1)], parts));
        Tensor framed = _graph.Add(new Pad(), [1, 1, 6, 5], parts[0], new Tensor("paddings", DataType.Int32, [4, 2]) { Data = FloatGraph.Integers(0, 0, 0, 0, 2, 0, 0, 0).Data });
        Tensor cut = _graph.Add(new StridedSlice(0, 2, 0, 0, 0, EndIsOffset: false), [1, 3, 2, 5], parts[1], FloatGraph.Integers(0, 2, 0, 0), FloatGraph.Integers(1, 0, 4, 5), FloatGraph.Integers(1, -1, 2, 1));
        Tensor tiled = _graph.Add(new Tile(), [1, 3, 6, 5], cut, FloatGraph.Integers(1, 1, 3, 1));
        Tensor joined = _graph.Add(new Concatenation(-3), [1, 4, 6, 5], framed, tiled);
        Tensor sliced = _graph.Add(new Slice(), [1, 4, 4, 5], joined, FloatGraph.Integers(0, 0, 1, 0), FloatGraph.Integers(1, 4, 4, 5));
        Tensor gathered = _graph.Add(new Gather(1, 0), [1, 2, 4, 5], sliced, FloatGraph.Integers(3, 0));
        _graph.Output(_graph.Convolution(ToLast(gathered), 2));

        Assert.DoesNotContain("Transpose", _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void Softmax_over_channels_is_over_the_last_axis()
    {
        Tensor x = ToFirst(_graph.Convolution(_graph.Input(1, 4, 5, 2), 4));
        Tensor last = _graph.Transpose(x, 0, 2, 3, 1);
        _graph.Output(ToFirst(_graph.Add(new Softmax(1), last.Shape, last)));

        Assert.Equal(["Convolution2D", "Softmax", "Transpose"], _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void A_tensor_in_another_order_is_transposed_where_what_follows_wants_it()
    {
        Tensor x = ToFirst(_graph.Convolution(_graph.Input(1, 4, 5, 2), 3));
        Tensor y = _graph.Input(1, 3, 4, 5);
        _graph.Output(_graph.Convolution(ToLast(_graph.Unary(UnaryFunction.Relu, _graph.Arithmetic(ArithmeticFunction.Add, x, y))), 2));

        Assert.Equal(["Transpose", "Convolution2D", "Add", "Relu", "Convolution2D"], _graph.After(new TranspositionsToEdges()));
    }

    [Fact]
    public void What_is_wanted_transposed_twice_is_transposed_once()
    {
        Tensor x = _graph.Input(1, 3, 4, 5);
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Add, _graph.Convolution(ToLast(x), 2), _graph.Convolution(ToLast(x), 2)));

        Assert.Single(_graph.After(new TranspositionsToEdges()), name => name == "Transpose");
    }

    [Fact]
    public void An_output_that_is_an_input_stays_a_tensor_of_its_own()
    {
        Tensor x = _graph.Input(1, 3, 4, 5);
        _graph.Output(ToFirst(ToLast(x)));

        Assert.Equal(["Reshape"], _graph.After(new TranspositionsToEdges()));
    }

    private Tensor ToLast(Tensor images)
    {
        return _graph.Transpose(images, 0, 2, 3, 1);
    }

    private Tensor ToFirst(Tensor images)
    {
        return _graph.Transpose(images, 0, 3, 1, 2);
    }
}
