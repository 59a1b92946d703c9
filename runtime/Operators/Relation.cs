namespace EdgeQuant.Runtime.Operators;

/// <summary>What a comparison asks of left and right. The numbers stand in files.</summary>
internal enum Relation
{
    Equal = 0,
    NotEqual = 1,
    Less = 2,
    LessOrEqual = 3,
    Greater = 4,
    GreaterOrEqual = 5,
}
