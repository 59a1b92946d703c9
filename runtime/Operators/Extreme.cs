namespace EdgeQuant.Runtime.Operators;

/// <summary>Which of several values is looked for. The numbers stand in files.</summary>
internal enum Extreme
{
    Largest = 1,
    Smallest = 2,
}
