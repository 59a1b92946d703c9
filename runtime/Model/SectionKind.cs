namespace EdgeQuant.Runtime.Model;

/// <summary>What a section of an <c>.eqm</c> file holds. A reader skips kinds that it does not know.</summary>
internal enum SectionKind
{
    Tensors = 1,
    Operators = 2,
    Constants = 3,
    Boundary = 4,
    State = 5,
    SelfTest = 6,
    ModelCard = 7,
    Signal = 8,
    Decision = 9,
}
