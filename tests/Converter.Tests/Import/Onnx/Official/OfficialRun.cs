using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Import.Onnx.Reading;
using Google.Protobuf;

namespace EdgeQuant.Converter.Tests.Import.Onnx.Official;

/// <summary>Imports the model of an official test and runs it with real numbers.</summary>
internal static class OfficialRun
{
    private const float Relative = 1e-4f;
    private const float Absolute = 1e-5f;

    /// <summary>What is wrong with the outputs; null if nothing.</summary>
    /// <param name="test">The test.</param>
    /// <param name="simplified">True to run the network after the passes that every float network goes through.</param>
    /// <exception cref="UnsupportedNetworkException">The network is refused.</exception>
    public static string? Problem(OfficialTest test, bool simplified)
    {
        NetworkGraph graph = Import(test);
        if (simplified)
        {
            FloatPassList.Run(graph);
        }

        FloatExecutor executor = FloatExecutor.Of(graph);
        FloatWorkspace workspace = executor.NewWorkspace();
        IReadOnlyList<TensorProto?> inputs = test.Inputs();
        for (int i = 0; i < test.Model.Graph.Input.Count && i < inputs.Count; i++)
        {
            if (graph.Inputs.Find(input => input.Name == test.Model.Graph.Input[i].Name) is Tensor input)
            {
                Values(inputs[i]!, input).CopyTo(workspace[input]);
            }
        }

        executor.Run(workspace);
        IReadOnlyList<TensorProto?> expected = test.Outputs();
        return Enumerable.Range(0, graph.Outputs.Count).Select(i => Difference(graph.Outputs[i], workspace, expected[i]!)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>
    /// The network with its inputs as inputs; where it is refused so, all but the first as constants, or all: shapes, axes, weights. Outputs that
    /// only training needs are left out.
    /// </summary>
    private static NetworkGraph Import(OfficialTest test)
    {
        ModelProto model = test.Model.Clone();
        if (model.Graph.Node is [{ OpType: "LayerNormalization" or "MaxPool" or "Dropout" }] && model.Graph.Output.Count > 1)
        {
            model.Graph.Output.RemoveAt(model.Graph.Output.Count - 1);
            return Import(new OfficialTest(test.Name, model));
        }

        NetworkGraph graph = Import(model);
        IReadOnlyList<TensorProto?> inputs = test.Inputs();
        for (int first = 1; first >= 0 && graph.Refusals.Count > 0; first--)
        {
            for (int i = first; i < model.Graph.Input.Count && i < inputs.Count; i++)
            {
                TensorProto constant = inputs[i]!.Clone();
                constant.Name = model.Graph.Input[i].Name;
                model.Graph.Initializer.Add(constant);
            }

            graph = Import(model);
        }

        return graph.Refusals.Count == 0 ? graph : throw new UnsupportedNetworkException([.. graph.Refusals]);
    }

    private static NetworkGraph Import(ModelProto model)
    {
        NetworkGraph graph = OnnxImporter.Import(OnnxModel.Parse(model.ToByteArray()));
        if (graph.Refusals.Count == 0)
        {
            GraphCheck.Run(graph);
        }

        return graph;
    }

    private static float[] Values(TensorProto source, Tensor tensor)
    {
        DataType type = TensorBytes.TypeOf(source.DataType)!.Value;
        return ConstantValues.Of(new Tensor("value", type, [.. source.Dims.Select(size => (int)size)]) { Data = TensorBytes.Of(source), Quantization = type == tensor.Type ? tensor.Quantization : null })!;
    }

    private static string? Difference(Tensor output, FloatWorkspace workspace, TensorProto expected)
    {
        float[] wanted = Values(expected, output);
        if (!output.Shape.Select(size => (long)size).SequenceEqual(expected.Dims))
        {
            return $"{output} has the shape [{string.Join(',', output.Shape)}]; it should be [{string.Join(',', expected.Dims)}].";
        }

        float[] found = output.IsConstant ? ConstantValues.Of(output)! : workspace[output].ToArray();

        // Where a number lies in the middle between two integers, ONNX rounds to the even one and the device away from zero.
        float step = output.Quantization?.Scale * 1.001f ?? 0;
        int bad = Enumerable.Range(0, found.Length).FirstOrDefault(i => !IsClose(found[i], wanted[i], step), -1);
        return bad < 0 ? null : $"{output}: element {bad} is {found[bad]}; it should be {wanted[bad]}.";
    }

    private static bool IsClose(float found, float wanted, float step)
    {
        return found.Equals(wanted) || found == wanted || MathF.Abs(found - wanted) <= Math.Max(step, Absolute + (Relative * MathF.Abs(wanted)));
    }
}
