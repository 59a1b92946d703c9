using System.Text;
using EdgeQuant.Firmware.Sinks;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>The log: nothing that it has taken is lost, whatever the disk does.</summary>
public sealed class JsonLogSinkTests : IDisposable
{
    private static readonly QueueOptions s_queue = new() { FirstRetry = TimeSpan.FromMilliseconds(1), LongestRetry = TimeSpan.FromMilliseconds(5), Farewell = TimeSpan.FromSeconds(10) };

    private readonly TemporaryFolder _folder = new();
    private readonly Events _events = new();

    private string LogPath => _folder.File("decisions.jsonl");

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Theory]
    [InlineData(LogSync.Always)]
    [InlineData(LogSync.Second)]
    public async Task A_log_goes_on_behind_what_is_there(LogSync sync)
    {
        for (int run = 0; run < 3; run++)
        {
            await using JsonLogSink log = Log(new JsonLogOptions { Sync = sync });
            log.Emit(Decisions.Of(2 * run));
            log.Emit(Decisions.Of((2 * run) + 1));
        }

        Assert.Equal(Enumerable.Range(0, 6).Select(i => (long)i), Decisions.Samples(await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken)));
        Assert.Empty(_events.All);
    }

    [Fact]
    public async Task A_line_that_a_power_cut_left_half_written_spoils_no_other()
    {
        await File.WriteAllTextAsync(LogPath, "{\"timestamp\":\"2026", TestContext.Current.CancellationToken);
        await using (JsonLogSink log = Log())
        {
            log.Emit(Decisions.Of(7));
        }

        string[] lines = await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Equal(7, Assert.Single(Decisions.Samples(lines)));
    }

    [Fact]
    public async Task On_a_full_disk_decisions_wait_and_all_are_written_once_when_there_is_space()
    {
        FullDisk disk = new() { Space = 450 };
        await using (JsonLogSink log = Log(disk: disk))
        {
            for (int i = 0; i < 100; i++)
            {
                log.Emit(Decisions.Of(i));
            }

            DeviceEvent failed = _events.WaitFor(DeviceEventKind.OutputFailed);
            Assert.Contains(LogPath, failed.Message, StringComparison.Ordinal);
            Assert.Contains("No space left on device", failed.Message, StringComparison.Ordinal);
            disk.Space = 1_000_000;
            _events.WaitFor(DeviceEventKind.OutputBack);
        }

        Assert.Equal([DeviceEventKind.OutputFailed, DeviceEventKind.OutputBack], _events.Kinds);
        string[] lines = await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken);
        Assert.Equal(100, lines.Length);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), Decisions.Samples(lines));
    }

    [Fact]
    public async Task A_disk_that_fills_again_and_again_loses_nothing()
    {
        Random random = new(4);
        FullDisk disk = new();
        const int Count = 2000;
        await using (JsonLogSink log = Log(new JsonLogOptions { LargestFile = 20_000, Kept = 1000 }, disk))
        {
            for (int i = 0; i < Count; i++)
            {
                log.Emit(Decisions.Of(i));
                if (i % 20 == 0)
                {
                    disk.Space = random.Next(0, 3000);
                    await Task.Delay(random.Next(3), TestContext.Current.CancellationToken);
                }
            }

            disk.Space = 10_000_000;
        }

        HashSet<long> seen = [.. Directory.GetFiles(Path.GetDirectoryName(LogPath)!).SelectMany(file => Decisions.Samples(File.ReadLines(file)))];
        Assert.Equal(Count, seen.Count);
        Assert.Contains(DeviceEventKind.OutputFailed, _events.Kinds);
        Assert.DoesNotContain(DeviceEventKind.DecisionsDropped, _events.Kinds);
    }

    [Fact]
    public async Task What_does_not_fit_into_the_queue_is_dropped_oldest_first_and_said()
    {
        FullDisk disk = new();
        await using (JsonLogSink log = Log(disk: disk, queue: s_queue with { Capacity = 10 }))
        {
            log.Emit(Decisions.Of(0));
            _events.WaitFor(DeviceEventKind.OutputFailed);
            for (int i = 1; i < 200; i++)
            {
                log.Emit(Decisions.Of(i));
            }

            disk.Space = 1_000_000;
            _events.WaitFor(DeviceEventKind.DecisionsDropped);
        }

        DeviceEvent dropped = Assert.Single(_events.All, happening => happening.Kind == DeviceEventKind.DecisionsDropped);
        long[] kept = Decisions.Samples(await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken));
        Assert.Equal(200 - kept.Length, dropped.Count);
        Assert.Equal(Enumerable.Range(190, 10).Select(i => (long)i), kept[^10..]);
        long[] missing = [.. Enumerable.Range(0, 200).Select(i => (long)i).Except(kept)];
        Assert.Equal((Decisions.Of(missing[0]).Time, Decisions.Of(missing[^1]).Time), (dropped.From, dropped.Until));
    }

    [Fact]
    public async Task What_cannot_be_written_until_the_end_is_said_and_the_end_comes_in_time()
    {
        JsonLogSink log = Log(disk: new FullDisk(), queue: s_queue with { Farewell = TimeSpan.FromMilliseconds(50) });
        for (int i = 0; i < 5; i++)
        {
            log.Emit(Decisions.Of(i));
        }

        await log.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(5, _events.WaitFor(DeviceEventKind.DecisionsDropped).Count);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_yet_is_an_output_that_fails()
    {
        string path = Path.Combine(_folder.File("logs"), "decisions.jsonl");
        await using (JsonLogSink log = new(path, new JsonLogOptions(), s_queue, _events.Add))
        {
            log.Emit(Decisions.Of(1));
            _events.WaitFor(DeviceEventKind.OutputFailed);
            Directory.CreateDirectory(_folder.File("logs"));
            _events.WaitFor(DeviceEventKind.OutputBack);
        }

        Assert.Equal(1, Assert.Single(Decisions.Samples(await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken))));
    }

    [Fact]
    public async Task Full_files_are_set_aside_and_the_last_ones_kept()
    {
        await using (JsonLogSink log = Log(new JsonLogOptions { LargestFile = 1000, Kept = 2 }))
        {
            for (int i = 0; i < 40; i++)
            {
                log.Emit(Decisions.Of(i));

                // One line at a time, so that files fill to their limit.
                Assert.True(SpinWait.SpinUntil(() => Tail().EndsWith($"\"sample\":{i}}}\n", StringComparison.Ordinal), TimeSpan.FromSeconds(20)));
            }
        }

        Assert.Equal(["decisions.jsonl", "decisions.jsonl.1", "decisions.jsonl.2"], Directory.GetFiles(Path.GetDirectoryName(LogPath)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(LogPath)!), file => Assert.InRange(new FileInfo(file).Length, 1, 1000));
        long[] kept = Decisions.Samples(File.ReadLines(LogPath + ".2").Concat(File.ReadLines(LogPath + ".1")).Concat(File.ReadLines(LogPath)));
        Assert.Equal(Enumerable.Range(40 - kept.Length, kept.Length).Select(i => (long)i), kept);
        Assert.InRange(kept.Length, 15, 24);
    }

    [Fact]
    public async Task A_file_that_somebody_moved_away_is_started_anew()
    {
        await using (JsonLogSink log = Log())
        {
            log.Emit(Decisions.Of(1));
            Assert.True(SpinWait.SpinUntil(() => File.Exists(LogPath) && new FileInfo(LogPath).Length > 0, TimeSpan.FromSeconds(20)));
            File.Move(LogPath, LogPath + ".moved");
            log.Emit(Decisions.Of(2));
        }

        Assert.Equal(1, Assert.Single(Decisions.Samples(File.ReadLines(LogPath + ".moved"))));
        Assert.Equal(2, Assert.Single(Decisions.Samples(File.ReadLines(LogPath))));
    }

    [Fact]
    public async Task With_a_confirmation_a_decision_is_in_the_file_when_it_was_taken_and_taking_it_allocates_nothing()
    {
        const int Warm = 500;
        await using JsonLogSink log = Log(queue: s_queue with { Confirmation = TimeSpan.FromSeconds(20) });
        for (int i = 0; i < Warm; i++)
        {
            log.Emit(Decisions.Of(i));
            Assert.EndsWith($"\"sample\":{i}}}\n", Tail(), StringComparison.Ordinal);
        }

        DecisionRecord decision = Decisions.Of(Warm);
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < Warm; i++)
            {
                log.Emit(decision);
            }
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task A_disk_that_stands_still_is_waited_for_once_said_and_waited_for_again_when_it_has_caught_up()
    {
        using ManualResetEventSlim disk = new(initialState: true);
        await using JsonLogSink log = new(LogPath, new JsonLogOptions(), s_queue with { Confirmation = TimeSpan.FromMilliseconds(200) }, _events.Add) { OpenFile = path => new StandingDisk(path, disk) };
        log.Emit(Decisions.Of(0));
        disk.Reset();
        long start = Environment.TickCount64;
        for (int i = 1; i < 1000; i++)
        {
            log.Emit(Decisions.Of(i));
        }

        Assert.InRange(Environment.TickCount64 - start, 190, 5000);
        DeviceEvent late = Assert.Single(_events.All);
        Assert.Equal(DeviceEventKind.OutputFailed, late.Kind);
        Assert.Contains("nothing was delivered for 0.2 s. Decisions wait, at most 10000.", late.Message, StringComparison.Ordinal);

        disk.Set();
        _events.WaitFor(DeviceEventKind.OutputBack);
        int next = 1000;
        Assert.True(SpinWait.SpinUntil(IsWaitedForAgain, TimeSpan.FromSeconds(20)));
        Assert.Equal(Enumerable.Range(0, next).Select(i => (long)i), Decisions.Samples(await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken)));
        Assert.Equal([DeviceEventKind.OutputFailed, DeviceEventKind.OutputBack], _events.Kinds);

        bool IsWaitedForAgain()
        {
            log.Emit(Decisions.Of(next));
            return Tail().EndsWith($"\"sample\":{next++}}}\n", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_disk_that_is_full_keeps_nobody_waiting()
    {
        FullDisk disk = new();
        await using JsonLogSink log = Log(disk: disk, queue: s_queue with { Confirmation = TimeSpan.FromMinutes(10) });
        for (int i = 0; i < 100; i++)
        {
            log.Emit(Decisions.Of(i));
        }

        _events.WaitFor(DeviceEventKind.OutputFailed);
        disk.Space = 1_000_000;
        _events.WaitFor(DeviceEventKind.OutputBack);
    }

    [Fact]
    public async Task Only_decisions_that_come_up_go_to_who_asks_for_those()
    {
        await using (JsonLogSink log = Log(queue: s_queue with { OnlyRaised = true }))
        {
            log.Emit(Decisions.Of(1));
            log.Emit(Decisions.Of(2, raised: true));
            log.Report(Decisions.Event());
        }

        string[] lines = await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken);
        Assert.Equal(2, Assert.Single(Decisions.Samples(lines)));
        Assert.Equal(2, lines.Length);
    }

    /// <summary>The end of the file; empty where there is none, as between two files.</summary>
    private string Tail()
    {
        try
        {
            using FileStream file = new(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] end = new byte[Math.Min(file.Length, 100)];
            file.Seek(-end.Length, SeekOrigin.End);
            file.ReadExactly(end);
            return Encoding.UTF8.GetString(end);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    private JsonLogSink Log(JsonLogOptions? options = null, FullDisk? disk = null, QueueOptions? queue = null)
    {
        return disk is null
            ? new JsonLogSink(LogPath, options ?? new JsonLogOptions(), queue ?? s_queue, _events.Add)
            : new JsonLogSink(LogPath, options ?? new JsonLogOptions(), queue ?? s_queue, _events.Add) { OpenFile = disk.Open };
    }

    /// <summary>A disk on which nothing is written while it stands still.</summary>
    private sealed class StandingDisk(string path, ManualResetEventSlim runs)
        : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            runs.Wait();
            base.Write(buffer);
        }
    }
}
