using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>Options in real files: what they say must agree with the shapes and types of the operator's tensors.</summary>
public sealed class TfliteOptionsTests
{
    [Theory]
    [MemberData(nameof(SourceModels.All), MemberType = typeof(SourceModels))]
    public void Shapes_and_types_follow_from_the_options(string name)
    {
        var model = TfliteModel.Parse(SourceModels.Read(name));
        foreach (TfliteSubgraph graph in model.Subgraphs)
        {
            Assert.All(graph.Nodes, node => Check(model, node, Operands(graph, node.Inputs), Operands(graph, node.Outputs)));
        }
    }

    private static TfliteTensor[] Operands(TfliteSubgraph graph, ImmutableArray<int> indices)
    {
        return [.. indices.Where(index => index != TfliteNode.Absent).Select(index => graph.Tensors[index])];
    }

    private static void Check(TfliteModel model, TfliteNode node, TfliteTensor[] inputs, TfliteTensor[] outputs)
    {
        switch (node.Options)
        {
            case Conv2DOptions conv:
                CheckWindow(conv.Padding, inputs[0], outputs[0], 1, inputs[1].Shape[1], conv.StrideHeight, conv.DilationHeight);
                CheckWindow(conv.Padding, inputs[0], outputs[0], 2, inputs[1].Shape[2], conv.StrideWidth, conv.DilationWidth);
                Assert.True(Enum.IsDefined(conv.Activation));
                break;
            case DepthwiseConv2DOptions conv:
                CheckWindow(conv.Padding, inputs[0], outputs[0], 1, inputs[1].Shape[1], conv.StrideHeight, conv.DilationHeight);
                CheckWindow(conv.Padding, inputs[0], outputs[0], 2, inputs[1].Shape[2], conv.StrideWidth, conv.DilationWidth);
                Assert.Equal(outputs[0].Shape[3], inputs[0].Shape[3] * conv.DepthMultiplier);
                break;
            case Pool2DOptions pool:
                CheckWindow(pool.Padding, inputs[0], outputs[0], 1, pool.FilterHeight, pool.StrideHeight, 1);
                CheckWindow(pool.Padding, inputs[0], outputs[0], 2, pool.FilterWidth, pool.StrideWidth, 1);
                break;
            case TransposeConvOptions conv:
                // Its output is the input of the convolution that it transposes.
                CheckWindow(conv.Padding, outputs[0], inputs[2], 1, inputs[1].Shape[1], conv.StrideHeight, 1);
                CheckWindow(conv.Padding, outputs[0], inputs[2], 2, inputs[1].Shape[2], conv.StrideWidth, 1);
                break;
            case FullyConnectedOptions dense:
                Assert.Equal(TfliteWeightsFormat.Default, dense.WeightsFormat);
                Assert.Equal(dense.KeepDimensions ? inputs[0].Shape.Length : 2, outputs[0].Shape.Length);
                break;
            case SoftmaxOptions softmax:
                Assert.InRange(softmax.Beta, 0.01f, 100f);
                break;
            case LeakyReluOptions leaky:
                Assert.InRange(leaky.Alpha, 0.001f, 1f);
                break;
            case ConcatenationOptions join:
                Assert.Equal(inputs.Sum(input => Extent(input, join.Axis)), Extent(outputs[0], join.Axis));
                break;
            case PackOptions pack:
                Assert.Equal(inputs.Length, pack.ValuesCount);
                Assert.Equal(inputs.Length, Extent(outputs[0], pack.Axis));
                break;
            case UnpackOptions unpack:
                Assert.Equal(outputs.Length, unpack.Count);
                Assert.Equal(outputs.Length, Extent(inputs[0], unpack.Axis));
                break;
            case SplitOptions split:
                Assert.Equal(outputs.Length, split.SplitCount);
                break;
            case SplitVOptions split:
                Assert.Equal(outputs.Length, split.SplitCount);
                break;
            case ReducerOptions reducer:
                Assert.Equal(reducer.KeepDimensions, inputs[0].Shape.Length == outputs[0].Shape.Length);
                break;
            case ArgMaxOptions arg:
                Assert.Equal(outputs[0].Type, arg.OutputType);
                break;
            case ArgMinOptions arg:
                Assert.Equal(outputs[0].Type, arg.OutputType);
                break;
            case ShapeOptions shape:
                Assert.Equal(outputs[0].Type, shape.OutputType);
                break;
            case CastOptions cast when cast.InputType != cast.OutputType:
                Assert.Equal(inputs[0].Type, cast.InputType);
                Assert.Equal(outputs[0].Type, cast.OutputType);
                break;
            case SpaceToDepthOptions space:
                Assert.Equal(inputs[0].Shape[3] * space.BlockSize * space.BlockSize, outputs[0].Shape[3]);
                break;
            case DepthToSpaceOptions depth:
                Assert.Equal(inputs[0].Shape[3], outputs[0].Shape[3] * depth.BlockSize * depth.BlockSize);
                break;
            case SqueezeOptions squeeze:
                Assert.All(squeeze.Dimensions, dimension => Assert.Equal(1, Extent(inputs[0], dimension)));
                break;
            case GatherOptions gather:
                Assert.Equal(inputs[0].Shape.Length + inputs[1].Shape.Length - 1 - gather.BatchDimensions, outputs[0].Shape.Length);
                Assert.InRange(gather.Axis, -inputs[0].Shape.Length, inputs[0].Shape.Length - 1);
                break;
            case StridedSliceOptions slice:
                Assert.False(slice.EndIsOffset);
                Assert.Equal(
                    inputs[0].Shape.Length + int.PopCount(slice.NewAxisMask) - int.PopCount(slice.ShrinkAxisMask), outputs[0].Shape.Length);
                break;
            case BatchMatMulOptions product:
                Assert.Equal(Extent(inputs[0], product.AdjointX ? -1 : -2), Extent(outputs[0], -2));
                Assert.Equal(Extent(inputs[1], product.AdjointY ? -2 : -1), Extent(outputs[0], -1));
                break;
            case UnidirectionalSequenceLstmOptions lstm:
                Assert.Equal(TfliteActivation.Tanh, lstm.Activation);
                Assert.InRange(lstm.CellClip, 0f, 100f);
                break;
            case SvdfOptions svdf:
                Assert.Equal(inputs[1].Shape[0], svdf.Rank * outputs[0].Shape[1]);
                break;
            case CallOnceOptions call:
                Assert.NotEmpty(model.Subgraphs[call.InitSubgraph].Nodes);
                break;
            case VarHandleOptions variable:
                Assert.NotEmpty(variable.SharedName);
                break;
        }
    }

    private static int Extent(TfliteTensor tensor, int axis)
    {
        return tensor.Shape[axis < 0 ? axis + tensor.Shape.Length : axis];
    }

    private static void CheckWindow(TflitePadding padding, TfliteTensor input, TfliteTensor output, int axis, int taps, int stride, int dilation)
    {
        int reach = padding == TflitePadding.Same ? 1 : ((taps - 1) * dilation) + 1;
        Assert.Equal((input.Shape[axis] - reach + stride) / stride, output.Shape[axis]);
    }
}
