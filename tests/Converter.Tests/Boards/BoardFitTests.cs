using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Report;
using Xunit;

namespace EdgeQuant.Converter.Tests.Boards;

public sealed class BoardFitTests
{
    private const int Constants = 3000;
    private const int Arena = 5000;
    private const int File = 4000;
    private const int Held = Arena + 100 + (2 * 512) + Constants;

    [Fact]
    public void A_model_fits_a_board_that_has_exactly_what_it_needs()
    {
        BoardFit fit = BoardFit.Of(Nano(File, Held, Arena), Model());

        Assert.True(fit.Fits);
        Assert.All(fit.Checks, check => Assert.Equal("", check.Advice));
    }

    [Theory]
    [InlineData("flash", File - 1, Held, Arena)]
    [InlineData("memory", File, Held - 1, Arena)]
    [InlineData("largest block", File, Held, Arena - 1)]
    public void One_byte_less_does_not_fit_and_says_what_would_help(string what, int flash, int ram, int block)
    {
        BoardFit fit = BoardFit.Of(Nano(flash, ram, block), Model());

        Assert.False(fit.Fits);
        FitCheck check = Assert.Single(fit.Checks, check => !check.Fits);
        Assert.Equal(what, check.What);
        Assert.NotEqual("", check.Advice);
        Assert.Contains(what, Assert.Single(new BoardFitException(fit).Reasons).Place, StringComparison.Ordinal);
    }

    [Fact]
    public void With_an_operating_system_the_file_is_held_too()
    {
        Board board = Nano(File, Held + File, Arena) with { Runtime = BoardRuntime.Net };

        Assert.True(BoardFit.Of(board, Model()).Fits);
        Assert.False(BoardFit.Of(board with { Memory = board.Memory with { Ram = Held + File - 1 } }, Model()).Fits);
    }

    [Fact]
    public void Time_is_that_of_operators_products_and_elements()
    {
        // 2 x 1,000 cycles, 10 x 500 products, 20 x 300 depthwise products, 2 x 40 elements at 3 cycles: 13,240 cycles at 100 MHz.
        BoardFit fit = BoardFit.Of(Nano(File, Held, Arena), Model());

        Assert.Equal(132.4e-6, fit.Seconds!.Value, 1e-12);
        Assert.Equal(["DepthwiseConvolution", "FullyConnected"], fit.Slowest.Select(share => share.Kind));
        Assert.Equal(1, fit.Slowest.Sum(share => share.Share), 1e-12);
        Assert.Null(fit.Checks[^1].Available);
    }

    [Fact]
    public void A_decision_has_to_come_before_the_next_is_due()
    {
        // 1.3 samples' time at 10 kHz.
        Assert.True(BoardFit.Of(Nano(File, Held, Arena), Model(samples: 2)).Fits);
        BoardFit fit = BoardFit.Of(Nano(File, Held, Arena), Model(samples: 1));
        Assert.Equal("time", Assert.Single(fit.Checks, check => !check.Fits).What);
    }

    [Fact]
    public void Where_time_is_measured_none_is_estimated()
    {
        BoardFit fit = BoardFit.Of(Nano(File, Held, Arena) with { Costs = null }, Model());

        Assert.Null(fit.Seconds);
        Assert.DoesNotContain(fit.Checks, check => check.What == "time");
    }

    private static Board Nano(int flash, int ram, int block)
    {
        return new Board(
            "board", "A board", BoardRuntime.NanoFramework, new BoardProcessor("chip", "any", 1, 100), new BoardMemory(flash, ram, block), [], [], [], [], BoardDeployment.Serial, "made")
        {
            Costs = new BoardCosts(1000, 10, 20, 3, "made"),
        };
    }

    private static ModelReport Model(int? samples = null)
    {
        OperatorReport[] operators = [Operator(0, "FullyConnected", 1000, 500), Operator(1, "DepthwiseConvolution", 2000, 300)];
        return new ModelReport("1.0", File, Arena, 100, 999_999, 0, 800, [], [], [], operators, [], null)
        {
            Pipeline = samples is int every ? new PipelineReport(10_000, [], 1, 1, 1, 1, every, null, false, [], 1, 1, 1, 0) : null,
        };
    }

    private static OperatorReport Operator(int index, string kind, int constantBytes, long macs)
    {
        TensorReport weights = new(0, "int8", [constantBytes], 1, 0, "constant", 0, constantBytes, null);
        TensorReport output = new(1, "int8", [2, 20], 1, 0, "arena", 0, 40, 0);
        return new OperatorReport(index, kind, [weights], [output], [], [], constantBytes, macs);
    }
}
