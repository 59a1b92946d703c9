namespace EdgeQuant.Converter.Graph;

/// <summary>How many inputs and outputs a node of an operation has.</summary>
/// <param name="Required">Inputs that must be there: the first ones.</param>
/// <param name="Most">The most inputs; those behind the required ones may be absent.</param>
/// <param name="FewestOutputs">The fewest outputs.</param>
/// <param name="MostOutputs">The most outputs.</param>
internal readonly record struct Operands(int Required, int Most, int FewestOutputs, int MostOutputs)
{
    /// <summary>A required input that passes may leave out, because it only says what the output's shape says already; null if there is none.</summary>
    public int? ShapeInput { get; init; }

    /// <summary>A fixed number of inputs, then optional ones; one output.</summary>
    public static Operands Of(int required, int optional = 0)
    {
        return new Operands(required, required + optional, 1, 1);
    }

    /// <summary>Any number of inputs from 1, all of them there; one output.</summary>
    public static Operands Many => new(1, int.MaxValue, 1, 1);

    /// <summary>The same inputs, and any number of outputs from 1.</summary>
    public Operands WithManyOutputs()
    {
        return this with { MostOutputs = int.MaxValue };
    }

    /// <summary>What is wrong with a node's inputs and outputs; null if nothing.</summary>
    public string? Explain(Node node)
    {
        int inputs = node.Inputs.Length;
        if (inputs < Required || inputs > Most)
        {
            return $"It has {inputs} inputs; it takes {Range(Required, Most)}.";
        }

        int needed = Most == int.MaxValue ? inputs : Required;
        int absent = Array.FindIndex(node.Inputs, 0, needed, input => input is null);
        absent = absent == ShapeInput ? Array.FindIndex(node.Inputs, absent + 1, needed - absent - 1, input => input is null) : absent;
        if (absent >= 0)
        {
            return $"Its input {absent} is absent, and is not optional.";
        }

        int outputs = node.Outputs.Length;
        return outputs < FewestOutputs || outputs > MostOutputs ? $"It has {outputs} outputs; it gives {Range(FewestOutputs, MostOutputs)}." : null;
    }

    private static string Range(int fewest, int most)
    {
        return most == int.MaxValue ? $"{fewest} or more" : fewest == most ? $"{fewest}" : $"{fewest} to {most}";
    }
}
