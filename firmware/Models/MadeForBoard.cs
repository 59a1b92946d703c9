using System.Text.Json;

namespace EdgeQuant.Firmware.Models;

/// <summary>The board that a file was made for, as its model card says.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Runtime">Which .NET runs there.</param>
/// <param name="Memory">Bytes that the loaded model takes beside the file itself.</param>
internal sealed record MadeForBoard(string Name, string Runtime, long Memory)
{
    private const string OwnRuntime = "net";

    /// <summary>Reads a model card.</summary>
    /// <param name="card">UTF-8 JSON; may be empty.</param>
    /// <returns>Null if the file was made for no board in particular.</returns>
    /// <exception cref="ModelRefusedException">It is no model card.</exception>
    public static MadeForBoard? Read(ReadOnlyMemory<byte> card)
    {
        if (card.IsEmpty)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(card);
            return document.RootElement.TryGetProperty("board", out JsonElement board)
                ? new MadeForBoard(board.GetProperty("name").GetString()!, board.GetProperty("runtime").GetString()!, board.GetProperty("memory").GetInt64())
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ModelRefusedException($"The model card is not what it should be: {exception.Message} Convert the model again.", exception);
        }
    }

    /// <summary>Refuses it where it is not what a device asks for.</summary>
    /// <param name="requirements">What the device asks for.</param>
    /// <param name="fileBytes">The file's length.</param>
    /// <exception cref="ModelRefusedException">It is for another board, or takes more memory than there is.</exception>
    public void Require(ModelRequirements requirements, long fileBytes)
    {
        const string Help = "or set \"board\" of the configuration to \"any\": the same file runs on every board that has the memory and the time.";
        if (requirements.Board is null && Runtime != OwnRuntime)
        {
            throw new ModelRefusedException(
                $"The model was made for the board {Name}, which runs {Runtime}; this one runs {OwnRuntime}. "
                + $"Convert the network for this board (edgequant convert MODEL -o OUT.eqm --board BOARD; edgequant boards lists them), {Help}");
        }

        if (requirements.Board is { } own && own != ModelRequirements.AnyBoard && own != Name)
        {
            throw new ModelRefusedException(
                $"The model was made for the board {Name}; \"board\" of the configuration is {own}. Convert the network for this board (edgequant convert MODEL -o OUT.eqm --board {own}), {Help}");
        }

        if (Memory > requirements.Memory - fileBytes)
        {
            throw new ModelRefusedException(
                $"The model takes {Memory + fileBytes:N0} bytes of memory; this machine has {requirements.Memory:N0}. Take a smaller network, or halve its weights: edgequant convert MODEL -o OUT.eqm --weights int4.");
        }
    }
}
