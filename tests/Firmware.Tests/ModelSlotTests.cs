using EdgeQuant.Firmware.Models;
using Xunit;

namespace EdgeQuant.Firmware.Tests;

/// <summary>New models while the old one runs: good ones come in between two decisions, bad ones are refused.</summary>
public sealed class ModelSlotTests
{
    [Fact]
    public void A_new_model_takes_over_between_two_decisions()
    {
        using SimulatedDevice device = new(15);
        CollectingSink sink = Run(device, (50, TiltModel.File(labels: "left,right")));
        DeviceEvent swapped = Assert.Single(sink.Events, happening => happening.Kind == DeviceEventKind.ModelSwapped);
        Assert.Contains("left, right", swapped.Message, StringComparison.Ordinal);
        Assert.InRange(device.Seconds(swapped.Time), 6, 6.6);
        Assert.DoesNotContain(sink.Decisions, decision => decision.Time <= swapped.Time && decision.LabelText is ("left" or "right"));
        Assert.DoesNotContain(sink.Decisions, decision => decision.Time > swapped.Time && decision.LabelText is ("up" or "down"));

        // No sample was missed for it: the new model's window is full a tenth of a second after the old one's.
        Assert.InRange(Longest(sink), 0.09, 0.22);
        Assert.InRange(sink.Decisions.Count, 146, 150);
    }

    public static TheoryData<string, string> BadFiles => new()
    {
        { "damaged", "checksum" },
        { "cut", "bytes" },
        { "empty", "bytes" },
        { "self-test", "gives other bytes on this machine" },
        { "rate", "The model takes 50 samples a second" },
        { "labels", "the model has no label \"up\", which the configuration names" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_model_that_cannot_be_used_is_refused_once_and_the_old_one_goes_on(string kind, string reason)
    {
        byte[] good = TiltModel.File();
        byte[] bad = kind switch
        {
            "damaged" => [.. good[..^1], (byte)(good[^1] ^ 1)],
            "cut" => good[..(good.Length / 2)],
            "empty" => [],
            "self-test" => TiltModel.WithWrongSelfTest(),
            "rate" => TiltModel.File(sampleRate: 50),
            _ => TiltModel.File(labels: "left,right"),
        };
        using SimulatedDevice device = new(20);
        CollectingSink sink = Run(device, (50, bad), (120, TiltModel.File(stride: 5)));
        DeviceEvent refused = Assert.Single(sink.Events, happening => happening.Kind == DeviceEventKind.ModelRefused);
        Assert.StartsWith(device.ModelPath, refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("Model [0-9a-f]{12} goes on", refused.Message);

        // Ten decisions a second before and after; then the good one's twenty.
        DeviceEvent swapped = Assert.Single(sink.Events, happening => happening.Kind == DeviceEventKind.ModelSwapped);
        Assert.InRange(sink.Decisions.Count(decision => decision.Time <= swapped.Time) / device.Seconds(swapped.Time), 9.7, 10.1);
        Assert.InRange(sink.Decisions.Count(decision => decision.Time > swapped.Time) / (20 - device.Seconds(swapped.Time)), 19, 21);
    }

    [Fact]
    public void The_same_file_again_or_none_at_all_changes_nothing()
    {
        using SimulatedDevice device = new(15);
        ModelSlot slot = new(device.ModelPath, ModelRequirements.None, device.Board.Time);
        LoadedModel first = slot.Model;
        device.Replace(TiltModel.File());
        LookForSeconds(slot, device, 3);
        File.Delete(device.ModelPath);
        LookForSeconds(slot, device, 3);
        Assert.False(slot.HasNews);
        Assert.Null(slot.Swap());
        Assert.Same(first, slot.Model);
    }

    [Fact]
    public void A_file_that_is_still_being_written_is_left_alone()
    {
        using SimulatedDevice device = new(15);
        ModelSlot slot = new(device.ModelPath, ModelRequirements.None, device.Board.Time);
        byte[] file = TiltModel.File(labels: "left,right");
        for (int length = 0; length < file.Length; length += 100)
        {
            device.Replace(file[..length]);
            LookForSeconds(slot, device, 0.9);
            Assert.False(slot.HasNews);
        }

        device.Replace(file);
        LookForSeconds(slot, device, 1.2);
        Assert.Equal(DeviceEventKind.ModelSwapped, slot.Swap()?.Kind);
        Assert.Equal(["left", "right"], slot.Model.Labels);
    }

    [Theory]
    [InlineData("current.eqm", "a/model.eqm", "b/model.eqm")]
    [InlineData("current/model.eqm", "a", "b")]
    public void A_link_that_is_switched_is_seen_though_both_files_have_the_same_length_and_time(string path, string before, string after)
    {
        using TemporaryFolder folder = new();
        (string Folder, string Labels)[] files = [("a", "left,right"), ("b", "front,back")];
        foreach ((string name, string labels) in files)
        {
            string file = Path.Combine(Directory.CreateDirectory(folder.File(name)).FullName, "model.eqm");
            File.WriteAllBytes(file, TiltModel.File(labels: labels));
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Assert.Equal(new FileInfo(folder.File("a/model.eqm")).Length, new FileInfo(folder.File("b/model.eqm")).Length);
        using SimulatedDevice device = new(15);
        string link = folder.File(path.Split('/')[0]);
        File.CreateSymbolicLink(link, folder.File(before));
        ModelSlot slot = new(folder.File(path), ModelRequirements.None, device.Board.Time);
        Assert.Equal(["left", "right"], slot.Model.Labels);

        File.Delete(link);
        File.CreateSymbolicLink(link, folder.File(after));
        LookForSeconds(slot, device, 2.2);
        Assert.Equal(DeviceEventKind.ModelSwapped, slot.Swap()?.Kind);
        Assert.Equal(["front", "back"], slot.Model.Labels);
    }

    [Fact]
    public void A_watch_looks_by_itself()
    {
        using SimulatedDevice device = new(15);
        ModelSlot slot = new(device.ModelPath, ModelRequirements.None, TimeProvider.System);
        using ModelWatch watch = new(slot, TimeSpan.FromMilliseconds(20));
        device.Replace(TiltModel.File(labels: "left,right"));
        Assert.True(SpinWait.SpinUntil(() => slot.HasNews, TimeSpan.FromSeconds(20)));
        Assert.Equal(DeviceEventKind.ModelSwapped, slot.Swap()?.Kind);
    }

    [Fact]
    public void The_first_model_must_be_good()
    {
        using SimulatedDevice device = new(15);
        device.Replace(TiltModel.WithWrongSelfTest());
        Assert.Contains("self-test", Refused([]), StringComparison.Ordinal);
        device.Replace(TiltModel.File());
        Assert.Contains("Its labels are up, down", Refused(["up", "sideways"]), StringComparison.Ordinal);
        File.Delete(device.ModelPath);
        Assert.Contains(device.ModelPath, Refused([]), StringComparison.Ordinal);

        string Refused(string[] labels)
        {
            return Assert.Throws<ModelRefusedException>(() => new ModelSlot(device.ModelPath, new ModelRequirements { Labels = labels }, device.Board.Time)).Message;
        }
    }

    /// <summary>Runs, and puts files in place of the model with certain decisions.</summary>
    private static CollectingSink Run(SimulatedDevice device, params (int Decision, byte[] File)[] replacements)
    {
        ModelSlot slot = new(device.ModelPath, new ModelRequirements { Labels = replacements.Length > 1 ? ["up"] : [] }, device.Board.Time);
        int decisions = 0;
        CollectingSink sink = new(_ =>
        {
            decisions++;
            foreach ((int decision, byte[] file) in replacements)
            {
                if (decision == decisions)
                {
                    device.Replace(file);
                }
            }
        });
        device.Run(slot, sink, new DeviceLoopOptions { Alive = slot.Look });
        return sink;
    }

    private static void LookForSeconds(ModelSlot slot, SimulatedDevice device, double seconds)
    {
        for (double passed = 0; passed < seconds; passed += 0.1)
        {
            slot.Look();
            device.Board.Clock.Advance(TimeSpan.FromSeconds(0.1));
        }
    }

    private static double Longest(CollectingSink sink)
    {
        return sink.Decisions.Zip(sink.Decisions.Skip(1), (before, after) => (after.Time - before.Time).TotalSeconds).Max();
    }
}
