using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Boards;

/// <summary>A model does not fit the board that it is for.</summary>
/// <param name="fit">What it needs, and what there is.</param>
internal sealed class BoardFitException(BoardFit fit) : Exception($"The model does not fit {fit.Board}.")
{
    /// <summary>What does not fit, and what would help.</summary>
    public IReadOnlyList<Refusal> Reasons { get; } =
    [
        .. fit.Checks.Where(check => !check.Fits).Select(check => new Refusal(check.What, [], $"It needs {Amount(check, check.Needed)}; there are {Amount(check, check.Available ?? 0)}.", check.Advice)),
    ];

    private static string Amount(FitCheck check, double amount)
    {
        return check.Unit == "seconds" ? $"{amount:G3} seconds" : $"{amount:N0} {check.Unit}";
    }
}
