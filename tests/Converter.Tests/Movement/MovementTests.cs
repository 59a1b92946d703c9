using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>Every operation that moves elements puts each element where its definition says, on the device and with all passes.</summary>
public sealed class MovementTests
{
    private const int Cases = 120;

    public static TheoryData<string> Operations => [.. MovementCases.Makers.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Elements_of_one_tensor_go_where_they_belong(string operation)
    {
        int checkedCases = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            DataType type = Elements.Types[seed % Elements.Types.Length];
            checkedCases += Check(seed, random => MovementCases.Makers[operation](random, Elements.Tensor("data", type, MovementCases.Shape(random, random.Next(0, 6))))) ? 1 : 0;
        }

        Assert.True(checkedCases > Cases / 10, $"only {checkedCases} cases");
    }

    [Fact]
    public void Concatenations_put_elements_where_they_belong()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            DataType type = Elements.Types[seed % Elements.Types.Length];
            Check(seed, random =>
            {
                int[] shape = MovementCases.Shape(random, random.Next(1, 6));
                int axis = random.Next(shape.Length);
                return JoinCases.Concatenate(random, axis, [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
                {
                    int[] part = (int[])shape.Clone();
                    part[axis] = random.Next(1, 4);
                    return Elements.Tensor("part", type, part);
                })]);
            });
        }
    }

    [Fact]
    public void Stacks_put_elements_where_they_belong()
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            DataType type = Elements.Types[seed % Elements.Types.Length];
            Check(seed, random =>
            {
                int[] shape = MovementCases.Shape(random, random.Next(0, 5));
                Tensor[] parts = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Elements.Tensor("part", type, shape))];
                return JoinCases.Stack(random, random.Next(shape.Length + 1), parts);
            });
        }
    }

    [Fact]
    public void More_inputs_than_an_operator_can_have_are_joined_too()
    {
        Check(1, random => JoinCases.Concatenate(random, 1, [.. Enumerable.Range(0, 300).Select(_ => Elements.Tensor("part", DataType.Int8, 2, 1, 3))]));
    }

    /// <summary>Runs a case as it is and with all passes; constant data must give the same.</summary>
    private static bool Check(int seed, Func<Random, MovementCase?> make)
    {
        foreach (bool constant in new[] { false, true })
        {
            foreach (bool passes in new[] { false, true })
            {
                Random random = new(seed);
                if (make(random) is not MovementCase made)
                {
                    return false;
                }

                Tensor[] data = [.. made.Node.Inputs.OfType<Tensor>().Where(input => !input.IsConstant).Distinct()];
                Dictionary<Tensor, long[]> values = data.ToDictionary(tensor => tensor, tensor => Elements.Random(random, tensor));
                NetworkGraph graph = new("case");
                graph.Nodes.Add(made.Node);
                graph.Outputs.AddRange(made.Node.Outputs);
                if (constant)
                {
                    Array.ForEach(data, tensor => tensor.Data = Elements.Bytes(tensor.Type, values[tensor]));
                }
                else
                {
                    graph.Inputs.AddRange(data);
                }

                byte[][] expected = [.. made.Node.Outputs.Select((output, i) => Elements.Bytes(output.Type, made.Expected(i, tensor => values[tensor])))];
                NetworkRun run = passes ? NetworkRun.AfterPasses(graph) : NetworkRun.AsItStands(graph);
                byte[][] outputs = run.Outputs(tensor => Elements.Bytes(tensor.Type, values[tensor]));
                Assert.Equal(expected.Length, outputs.Length);
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.True(expected[i].AsSpan().SequenceEqual(outputs[i]), $"seed {seed}, {made.Node.Operation}, {string.Join(", ", made.Node.Inputs.Select(input => input?.ToString()))}, output {i}");
                }
            }
        }

        return true;
    }
}
