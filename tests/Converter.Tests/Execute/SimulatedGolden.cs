using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tests.Support;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>A quantized golden network simulated with real numbers.</summary>
internal static class SimulatedGolden
{
    /// <summary>How far the simulation's outputs are from the golden's.</summary>
    /// <param name="Elements">How many elements all outputs have.</param>
    /// <param name="Different">How many of them differ.</param>
    /// <param name="Mean">The mean difference: in steps of a quantized output, in its own unit of another.</param>
    /// <param name="Largest">The largest one.</param>
    internal sealed record Difference(int Elements, int Different, double Mean, double Largest);

    public static Difference Run(Golden golden)
    {
        NetworkGraph graph = NetworkFile.Import(golden.Model).Graph;
        FloatExecutor executor = FloatExecutor.Of(graph);
        List<float[][]> inputs = Records(golden.Inputs, graph.Inputs);
        List<float[][]> expected = Records(golden.Outputs, graph.Outputs);
        FloatWorkspace workspace = executor.NewWorkspace();
        int elements = 0;
        int different = 0;
        double sum = 0;
        double largest = 0;
        for (int record = 0; record < inputs.Count; record++)
        {
            if (golden.IsOperator || (golden.ResetEvery > 0 && record % golden.ResetEvery == 0))
            {
                executor.Reset(workspace);
            }

            for (int i = 0; i < graph.Inputs.Count; i++)
            {
                inputs[record][i].CopyTo(workspace[graph.Inputs[i]]);
            }

            executor.Run(workspace);
            for (int i = 0; i < graph.Outputs.Count; i++)
            {
                Tensor output = graph.Outputs[i];
                for (int at = 0; at < output.ElementCount; at++)
                {
                    double steps = Math.Abs((double)workspace[output][at] - expected[record][i][at]) / (output.Quantization?.Scale ?? 1);
                    elements++;
                    sum += steps;
                    different += steps > 1e-3 ? 1 : 0;
                    largest = Math.Max(largest, steps);
                }
            }
        }

        return new Difference(elements, different, sum / elements, largest);
    }

    /// <summary>
    /// The largest difference in steps of each operator's output for record 0, the operator being given what the golden says of its inputs; of
    /// those operators without state for whose operands the golden says it.
    /// </summary>
    public static IEnumerable<(Node Node, double Largest)> RunLayers(Golden golden)
    {
        NetworkGraph graph = NetworkFile.Import(golden.Model).Graph;
        Dictionary<int, byte[]> known = golden.Layers().GroupBy(layer => layer.Tensor).ToDictionary(layers => layers.Key, layers => layers.Last().Bytes);
        int at = 0;
        foreach (Tensor input in graph.Inputs)
        {
            int length = input.ElementCount * input.Type.Bytes();
            known[input.SourceIndex] = golden.Inputs[at..(at + length)];
            at += length;
        }

        foreach (Node node in graph.Nodes.Where(node => node.Outputs.All(output => known.ContainsKey(output.SourceIndex))))
        {
            Tensor[] inputs = [.. node.Inputs.OfType<Tensor>().Where(input => !input.IsConstant).Distinct()];
            if (!Array.TrueForAll(inputs, input => !input.IsState && known.ContainsKey(input.SourceIndex)))
            {
                continue;
            }

            NetworkGraph single = new("layer");
            single.Inputs.AddRange(inputs);
            single.Nodes.Add(node);
            FloatExecutor executor = FloatExecutor.Of(single);
            FloatWorkspace workspace = executor.NewWorkspace();
            Array.ForEach(inputs, input => Values(input, known[input.SourceIndex]).CopyTo(workspace[input]));
            executor.Run(workspace);
            foreach (Tensor output in node.Outputs)
            {
                float[] values = workspace[output].ToArray();
                double scale = output.Quantization?.Scale ?? 1;
                yield return (node, Values(output, known[output.SourceIndex]).Zip(values, (expected, found) => Math.Abs((double)expected - found) / scale).Max());
            }
        }
    }

    private static float[] Values(Tensor tensor, ReadOnlyMemory<byte> bytes)
    {
        return ConstantValues.Of(new Tensor(tensor.Name, tensor.Type, tensor.Shape) { Quantization = tensor.Quantization, Data = bytes })!;
    }

    /// <summary>Records of tensors, one behind the other, as the real numbers that they mean.</summary>
    private static List<float[][]> Records(byte[] bytes, List<Tensor> tensors)
    {
        List<float[][]> records = [];
        for (int at = 0; at < bytes.Length;)
        {
            float[][] values = new float[tensors.Count][];
            for (int i = 0; i < tensors.Count; i++)
            {
                Tensor tensor = tensors[i];
                int length = tensor.ElementCount * tensor.Type.Bytes();
                values[i] = Values(tensor, bytes.AsMemory(at, length));
                at += length;
            }

            records.Add(values);
        }

        return records;
    }
}
