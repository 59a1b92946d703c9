using System.Text;
using EdgeQuant.Firmware.Models;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Models;

/// <summary>Which boards' models a device takes.</summary>
public sealed class MadeForBoardTests
{
    private static readonly MadeForBoard s_pi = new("raspberry-pi-4", "net", 1000);
    private static readonly MadeForBoard s_esp32 = new("esp32-c3", "nanoFramework", 1000);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{ "tool": "1.0.0", "tensors": [] }""")]
    public void A_card_without_a_board_is_for_none_in_particular(string card)
    {
        Assert.Null(MadeForBoard.Read(Encoding.UTF8.GetBytes(card)));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("[]")]
    [InlineData("""{ "board": 3 }""")]
    [InlineData("""{ "board": { "name": "a", "runtime": "net" } }""")]
    [InlineData("""{ "board": { "name": "a", "runtime": "net", "memory": 1.5 } }""")]
    [InlineData("""{ "board": { "name": "a", "runtime": 4, "memory": 1 } }""")]
    public void A_card_that_is_none_is_refused(string card)
    {
        Assert.StartsWith("The model card is not what it should be: ", Assert.Throws<ModelRefusedException>(() => MadeForBoard.Read(Encoding.UTF8.GetBytes(card))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("any", true, true)]
    [InlineData("raspberry-pi-4", true, false)]
    [InlineData("esp32-c3", false, true)]
    [InlineData("raspberry-pi-5", false, false)]
    public void A_device_takes_its_own_boards_models(string? board, bool takesPi, bool takesEsp32)
    {
        ModelRequirements requirements = new() { Board = board };
        Assert.Equal(takesPi, Takes(s_pi, requirements, fileBytes: 100));
        Assert.Equal(takesEsp32, Takes(s_esp32, requirements, fileBytes: 100));
    }

    [Theory]
    [InlineData(1100, true)]
    [InlineData(1099, false)]
    public void What_the_model_takes_and_its_file_must_fit_into_memory(long memory, bool fits)
    {
        Assert.Equal(fits, Takes(s_pi, new ModelRequirements { Memory = memory }, fileBytes: 100));
    }

    [Fact]
    public void This_machine_has_memory()
    {
        Assert.InRange(ModelRequirements.None.Memory, 1 << 20, long.MaxValue);
    }

    private static bool Takes(MadeForBoard model, ModelRequirements requirements, long fileBytes)
    {
        try
        {
            model.Require(requirements, fileBytes);
            return true;
        }
        catch (ModelRefusedException)
        {
            return false;
        }
    }
}
