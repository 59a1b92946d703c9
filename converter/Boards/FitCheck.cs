namespace EdgeQuant.Converter.Boards;

/// <summary>One thing that a model needs of a board.</summary>
/// <param name="What">What it is: operators, flash, memory, largest block, time.</param>
/// <param name="Unit">What it is counted in: bytes, seconds, operators.</param>
/// <param name="Needed">How much it needs.</param>
/// <param name="Available">How much there is; null where nothing limits it.</param>
/// <param name="Advice">What would help where it does not fit; empty otherwise.</param>
internal sealed record FitCheck(string What, string Unit, double Needed, double? Available, string Advice)
{
    /// <summary>True if there is as much as is needed.</summary>
    public bool Fits => Available is not double available || Needed <= available;
}
