using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Boards;

/// <summary>Reads a board from JSON (<c>boards/board.schema.json</c>); nothing in it is believed unchecked.</summary>
internal sealed class BoardReader
{
    private const int LongestName = 40;
    private const int MostCores = 64;
    private const int MostMegahertz = 10_000;
    private const int MostPins = 256;
    private const double MostBytes = 1L << 40;

    private static readonly string[] s_i2cPins = ["sda", "scl"];
    private static readonly string[] s_spiPins = ["mosi", "miso", "sclk", "cs"];

    private readonly List<JsonProblem> _problems = [];

    private BoardReader()
    {
    }

    /// <summary>Reads a board.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="BoardException">It is no board: everything that is wrong with it.</exception>
    public static Board Read(ReadOnlySpan<byte> json, string source)
    {
        BoardReader reader = new();
        JsonPart? document = JsonPartReader.Read(json, reader._problems);
        Board? board = document is null ? null : reader.Board(document);
        return board is not null && reader._problems.Count == 0 ? board : throw new BoardException(source, reader._problems);
    }

    private Board Board(JsonPart document)
    {
        ObjectReader reader = new(document, _problems);
        _ = reader.Text("$schema");
        Board board = new(
            Name(reader),
            Text(reader, "title"),
            Word<BoardRuntime>(reader, "runtime"),
            Processor(Required(reader, "processor")),
            Memory(Required(reader, "memory")),
            [.. reader.Array("buses").Select(Bus)],
            Pins(reader, "pins"),
            Pins(reader, "analogInputs"),
            reader.Texts("sensors") ?? [],
            Word<BoardDeployment>(reader, "deployment"),
            Text(reader, "source"))
        {
            Costs = reader.Part("costs") is null ? null : Costs(reader.Object("costs")),
        };
        reader.End();
        return board;
    }

    private string Name(ObjectReader reader)
    {
        const string Allowed = "lower case letters, digits and hyphens, at most 40";
        string name = Text(reader, "name");
        if (name.Length > LongestName || name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-'))
        {
            reader.Refuse(reader.Part("name")!, Allowed);
        }

        return name;
    }

    private BoardProcessor Processor(ObjectReader reader)
    {
        BoardProcessor processor = new(
            Text(reader, "chip"), Text(reader, "architecture"), Whole(reader, "cores", 1, MostCores), Whole(reader, "clockMegahertz", 1, MostMegahertz));
        reader.End();
        return processor;
    }

    private BoardMemory Memory(ObjectReader reader)
    {
        BoardMemory memory = new(Bytes(reader, "flash"), Bytes(reader, "ram"), Bytes(reader, "largestBlock"));
        if (memory.LargestBlock > memory.Ram && reader.Part("largestBlock") is JsonPart part)
        {
            reader.Refuse(part, $"at most \"ram\", {memory.Ram}");
        }

        reader.End();
        return memory;
    }

    private BoardBus Bus(JsonPart part)
    {
        ObjectReader reader = new(part, _problems);
        BusKind kind = Word<BusKind>(reader, "kind");
        int number = Whole(reader, "number", 0, MostPins);
        Dictionary<string, int> pins = new(StringComparer.Ordinal);
        ObjectReader own = reader.Object("pins");
        foreach (string pin in kind == BusKind.I2c ? s_i2cPins : s_spiPins)
        {
            if (own.Whole(pin, 0, MostPins) is int at)
            {
                pins.Add(pin, at);
            }
        }

        own.End();
        reader.End();
        return new BoardBus(kind, number, pins);
    }

    private BoardCosts Costs(ObjectReader reader)
    {
        BoardCosts costs = new(
            Cycles(reader, "perOperator"), Cycles(reader, "perProduct"), Cycles(reader, "perDepthwiseProduct"), Cycles(reader, "perElement"), Text(reader, "source"));
        reader.End();
        return costs;
    }

    private List<int> Pins(ObjectReader reader, string name)
    {
        List<int> pins = [];
        foreach (JsonPart element in reader.Array(name))
        {
            if (ObjectReader.NumberOf(element) is double pin and >= 0 and < MostPins && pin == Math.Floor(pin) && !pins.Contains((int)pin))
            {
                pins.Add((int)pin);
            }
            else
            {
                reader.Refuse(element, $"a pin's number, 0 to {MostPins - 1}, each once");
            }
        }

        return pins;
    }

    private static ObjectReader Required(ObjectReader reader, string name)
    {
        reader.Require(name, "an object");
        return reader.Object(name);
    }

    private static string Text(ObjectReader reader, string name)
    {
        reader.Require(name, "a string that is not empty");
        return reader.Text(name) ?? "";
    }

    private static T Word<T>(ObjectReader reader, string name)
        where T : struct, Enum
    {
        reader.Require(name, string.Join(", ", Words.Of<T>().Select(word => $"\"{word}\"")));
        return reader.Word<T>(name) ?? default;
    }

    private static int Whole(ObjectReader reader, string name, int least, int most)
    {
        reader.Require(name, $"a whole number from {least} to {most}");
        return reader.Whole(name, least, most) ?? least;
    }

    private static long Bytes(ObjectReader reader, string name)
    {
        const string Allowed = "a number of bytes, 1 to 2^40";
        reader.Require(name, Allowed);
        return (long)(reader.Number(name, bytes => bytes is >= 1 and <= MostBytes && bytes == Math.Floor(bytes), Allowed) ?? 1);
    }

    private static double Cycles(ObjectReader reader, string name)
    {
        const string Allowed = "clock cycles, above 0";
        reader.Require(name, Allowed);
        return reader.Number(name, cycles => cycles > 0, Allowed) ?? 1;
    }
}
