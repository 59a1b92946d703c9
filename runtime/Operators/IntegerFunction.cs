namespace EdgeQuant.Runtime.Operators;

/// <summary>Functions of two plain integers. The numbers stand in files.</summary>
internal enum IntegerFunction
{
    Add = 0,
    Subtract = 1,
    Multiply = 2,

    /// <summary>Rounded towards 0; a divisor of 0 gives 0.</summary>
    Divide = 3,
    SquaredDifference = 4,
    Maximum = 5,
    Minimum = 6,
}
