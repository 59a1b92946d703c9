using System.Globalization;
using EdgeQuant.Converter.Demo.Gestures;
using EdgeQuant.Tool.Demo;

namespace EdgeQuant.Tool.Output;

/// <summary>Prints what the demonstration made and how it did.</summary>
internal static class DemoText
{
    public static void Print(ToolConsole console, DemoDocument document)
    {
        GestureDemoReport model = document.Model;
        GestureRun run = document.Run;
        console.Line($"A person that the network has never seen, {Number(run.Seconds)} s with a simulated {run.Sensor}, read through its registers:");
        console.Line();
        console.Line("  time s  gesture  score  made     after its end    latency");
        foreach (RecognizedGesture found in run.Events)
        {
            string delay = found.DelaySeconds is double seconds ? Number(seconds) + " s" : "";
            console.Line(
                $"{Number(found.Seconds),8}  {found.Label,-7}  {found.Score.ToString("0.00", CultureInfo.InvariantCulture),5}  {found.Made ?? "nothing",-7}  {delay,13}  {Units.Duration(found.LatencyNanoseconds),9}");
        }

        Facts facts = new();
        facts.Add("gestures", $"{run.Recognized} of {run.Made} recognized, {run.False} false; {Units.Count(run.Decisions)} decisions from {Units.Count(run.Samples)} samples, {run.Lost} lost");
        facts.Add("accuracy", $"float {Percent(model.FloatAccuracy)}, packed {Percent(model.PackedAccuracy)}: {Units.Count(model.HeldOutWindows)} windows of {model.HeldOutPeople} held-out people");
        facts.Add("network", $"trained just now: {Units.Count(model.TrainingWindows)} windows of {model.TrainingPeople} people, {Units.Count(model.Parameters)} parameters; {Units.Count(model.Conversion.Macs)} MACs");
        facts.Add("model file", $"{Units.Bytes(model.FileBytes)} with front end and decision; the float network takes {Units.Count(model.OnnxBytes)}");
        facts.Add("memory", $"arena {Units.Bytes(model.Conversion.ArenaBytes)}; all decisions together allocated {Units.Bytes(run.AllocatedBytes)}");
        facts.Add("latency", $"median {Units.Duration(run.Latency.Median)}, p90 {Units.Duration(run.Latency.P90)} from a sample to its decision, on this machine");
        facts.Add("report page", document.Files.Report);
        facts.Add("all files", document.Files.Folder);
        console.Line();
        facts.Print(console);
        console.Line();
        console.Line("See it happen on a live page, and put it on a Raspberry Pi with such a sensor:");
        console.Line($"  edgequant simulate {document.Files.Model} --recording {document.Files.Recording} --web");
        console.Line($"  edgequant deploy {document.Files.Model} --host user@pi --sensor {GestureBoard.Sensor}");
    }

    private static string Number(double value)
    {
        return value.ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static string Percent(double value)
    {
        return value.ToString("0.0", CultureInfo.InvariantCulture) + " %";
    }
}
