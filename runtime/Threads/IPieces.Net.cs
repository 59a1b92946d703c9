namespace EdgeQuant.Runtime.Threads;

/// <summary>Work in pieces that do not depend on each other.</summary>
internal interface IPieces
{
    /// <summary>Does a piece. Several threads call this at once, each with other pieces.</summary>
    /// <param name="piece">Which one, counted from 0.</param>
    void Run(int piece);
}
