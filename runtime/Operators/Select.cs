using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Elements of one tensor where a condition holds and of another where not, all broadcast against each other.</summary>
/// <remarks>
/// Inputs: condition (bool), elements where it holds, elements where not. Output: as they, int8, int16, int32 or bool. Attributes: those of
/// <see cref="Broadcasting"/>.
/// </remarks>
internal sealed class Select : ElementwiseOperator
{
    internal Select(OperatorReader reader)
        : base(reader, 3)
    {
        reader.RequireType(reader.Input(0), ElementType.Bool);
        ElementType type = reader.Output(0).Type;
        reader.RequireType(reader.Input(1), type);
        reader.RequireType(reader.Input(2), type);
    }

    protected override void Combine(int[] values, int block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            values[i] = values[i] != 0 ? values[block + i] : values[block + block + i];
        }
    }
}
