using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Tests.Movement;
using Xunit;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>Operations that move elements put each number where its definition says, in the simulation as on the device.</summary>
public sealed class MovementKernelTests
{
    private const int Cases = 60;

    public static TheoryData<string> Operations => [.. MovementCases.Makers.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Numbers_go_where_they_belong(string operation)
    {
        int checkedCases = 0;
        foreach (DataType type in new[] { DataType.Int8, DataType.Int16, DataType.Bool })
        {
            for (int seed = 0; seed < Cases; seed++)
            {
                Random random = new(seed);
                if (MovementCases.Makers[operation](random, Elements.Tensor("data", type, MovementCases.Shape(random, random.Next(0, 6)))) is MovementCase made)
                {
                    Check(random, made, $"{operation} of {type}, seed {seed}");
                    checkedCases++;
                }
            }
        }

        Assert.True(checkedCases > Cases / 10, $"only {checkedCases} cases");
    }

    private static void Check(Random random, MovementCase made, string of)
    {
        NetworkGraph graph = new("case");
        graph.Inputs.AddRange(made.Node.Inputs.OfType<Tensor>().Where(input => !input.IsConstant).Distinct());
        graph.Nodes.Add(made.Node);
        Dictionary<Tensor, long[]> values = graph.Inputs.ToDictionary(tensor => tensor, tensor => Elements.Random(random, tensor));
        FloatExecutor executor = FloatExecutor.Of(graph);
        FloatWorkspace workspace = executor.NewWorkspace();
        graph.Inputs.ForEach(tensor => Numbers(tensor, values[tensor]).CopyTo(workspace[tensor]));

        executor.Run(workspace);

        for (int i = 0; i < made.Node.Outputs.Length; i++)
        {
            Tensor output = made.Node.Outputs[i];
            Assert.True(Numbers(output, made.Expected(i, tensor => values[tensor])).AsSpan().SequenceEqual(workspace[output]), $"{of}, output {i}");
        }
    }

    /// <summary>What elements mean.</summary>
    private static float[] Numbers(Tensor tensor, long[] elements)
    {
        return ConstantValues.Of(new Tensor(tensor.Name, tensor.Type, tensor.Shape) { Quantization = tensor.Quantization, Data = Elements.Bytes(tensor.Type, elements) })!;
    }
}
