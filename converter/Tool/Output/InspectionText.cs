using System.Globalization;
using System.Text.Json;
using EdgeQuant.Converter.Report;
using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>A model file as text.</summary>
internal static class InspectionText
{
    private const int MapRows = 20;
    private const int MostBuffersListed = 62;

    private static readonly Color[] Colors = [Color.Green, Color.Blue, Color.Yellow, Color.Purple, Color.Teal, Color.Red, Color.Olive, Color.Aqua, Color.Fuchsia, Color.Lime];

    public static void Print(ToolConsole console, string path, ModelReport report)
    {
        Facts facts = new();
        facts.Add("model file", $"{path}, {Units.Bytes(report.FileBytes)}, format {report.FormatVersion}");
        facts.Add("arena", Units.Bytes(report.ArenaBytes));
        facts.Add("state", Units.Bytes(report.StateBytes));
        facts.Add("at load", $"{Units.Bytes(report.LoadBytes)} allocated in all with the best kernels, arena and state included (measured)");
        facts.Add("kernels hold", string.Join(", ", report.Memory.Select(memory => $"{memory.Kernels} {Units.Bytes(memory.HeldBytes)}")) + ": weights in their order, rows of images; beside file, arena and state");
        facts.Add("self-test", report.SelfTestRecords == 0 ? "none" : $"{report.SelfTestRecords} records");
        AddTensors(facts, "input", report.Inputs);
        AddTensors(facts, "output", report.Outputs);
        if (report.Pipeline is PipelineReport pipeline)
        {
            PipelineText.Add(facts, pipeline);
        }

        facts.Print(console);
        PrintSections(console, report);
        PrintOperators(console, report);
        PrintArena(console, report);
        PrintCard(console, report);
    }

    private static void AddTensors(Facts facts, string name, IReadOnlyList<TensorReport> tensors)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            facts.Add(tensors.Count == 1 ? name : $"{name} {i}", $"{Units.Shape(tensors[i].Shape)} {TensorText.Quantization(tensors[i])}");
        }
    }

    private static void PrintSections(ToolConsole console, ModelReport report)
    {
        Table table = ListTable.Create().Text("section").Number("bytes").Number("part");
        int sum = 0;
        foreach (SectionReport section in report.Sections)
        {
            table.Row(section.Name, Units.Count(section.Bytes), Units.Percent((double)section.Bytes / report.FileBytes));
            sum += section.Bytes;
        }

        table.Row("padding", Units.Count(report.FileBytes - sum), Units.Percent((double)(report.FileBytes - sum) / report.FileBytes));
        console.Line();
        console.Write(table);
    }

    private static void PrintOperators(ToolConsole console, ModelReport report)
    {
        Table table = ListTable.Create().Number("#").Name("operator").Text("shapes").Text("output").Number("constants").Number("MACs");
        foreach (OperatorReport op in report.Operators)
        {
            string attributes = AttributeText.Of(op.Attributes);
            table.Row(
                op.Index.ToString(CultureInfo.InvariantCulture),
                op.Kind,
                TensorText.Shapes(op) + (attributes.Length == 0 ? "" : "\n" + attributes),
                string.Join('\n', op.Outputs.Select(TensorText.Quantization)),
                Units.Count(op.ConstantBytes),
                op.Macs == 0 ? "" : Units.Count(op.Macs));
        }

        console.Line();
        console.Write(table);
    }

    private static void PrintArena(ToolConsole console, ModelReport report)
    {
        if (report.ArenaBytes == 0)
        {
            return;
        }

        int label = Units.Count(report.ArenaBytes).Length + 2;
        ArenaMap map = ArenaMap.Draw(report, Math.Max(1, console.PlotWidth - label - 1), MapRows);
        console.Line();
        console.Line($"Arena over time: down {Units.Bytes(report.ArenaBytes)}, {Units.Count(map.BytesPerRow)} in a row; across the inputs, the operators, the outputs");
        console.Line();
        for (int row = 0; row < map.Rows.Count; row++)
        {
            Paragraph line = new(Units.Count((long)row * map.BytesPerRow).PadLeft(label - 1) + " ");
            Paint(map.Rows[row], line);
            console.Line(line);
        }

        console.Line(new string(' ', label) + map.Axis);
        PrintBuffers(console, report);
    }

    private static void Paint(string row, Paragraph line)
    {
        for (int start = 0, end; start < row.Length; start = end)
        {
            for (end = start; end < row.Length && row[end] == row[start]; end++)
            {
            }

            line.Append(row[start..end], new Style(row[start] == ArenaMap.Free ? Color.Grey : Colors[row[start] % Colors.Length]));
        }
    }

    private static void PrintBuffers(ToolConsole console, ModelReport report)
    {
        Table table = ListTable.Create().Name("").Number("from byte").Number("bytes").Text("alive").Text("holds");
        for (int i = 0; i < Math.Min(report.Buffers.Count, MostBuffersListed); i++)
        {
            BufferReport buffer = report.Buffers[i];
            table.Row(
                ArenaMap.LetterOf(i).ToString(),
                Units.Count(buffer.Offset),
                Units.Count(buffer.Bytes),
                $"{Moment(buffer.First, report)} to {Moment(buffer.Last, report)}",
                Contents(buffer, report));
        }

        console.Line();
        console.Write(table);
        if (report.Buffers.Count > MostBuffersListed)
        {
            console.Line($"and {report.Buffers.Count - MostBuffersListed} more buffers");
        }
    }

    private static string Moment(int position, ModelReport report)
    {
        return position < 0 ? "input" : position == report.Operators.Count ? "output" : position.ToString(CultureInfo.InvariantCulture);
    }

    private static string Contents(BufferReport buffer, ModelReport report)
    {
        IEnumerable<string> inputs = report.Inputs.Select((tensor, i) => tensor.Buffer == buffer.Index ? $"input {i}" : null).OfType<string>();
        IEnumerable<string> outputs = report.Operators.Where(op => op.Outputs.Any(tensor => tensor.Buffer == buffer.Index)).Select(op => $"output of {op.Index}");
        IEnumerable<string> scratch = report.Operators.Where(op => op.Scratch.Any(tensor => tensor.Buffer == buffer.Index)).Select(op => $"scratch of {op.Index}");
        return string.Join(", ", inputs.Concat(outputs).Concat(scratch));
    }

    private static void PrintCard(ToolConsole console, ModelReport report)
    {
        if (report.ModelCard is not JsonElement card)
        {
            return;
        }

        console.Line();
        console.Line("Model card");
        foreach (string line in CardText.Lines(card))
        {
            console.Line("  " + line);
        }
    }
}
