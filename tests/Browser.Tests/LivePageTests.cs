using System.Globalization;
using System.Text;
using EdgeQuant.Firmware.Simulation;
using EdgeQuant.Firmware.Tests;
using Microsoft.Playwright;
using Xunit;

namespace EdgeQuant.Browser.Tests;

/// <summary>The live page of a real simulation, in a real browser.</summary>
public sealed class LivePageTests(Chromium chromium, Gestures gestures) : IClassFixture<Chromium>, IClassFixture<Gestures>
{
    private const int Phone = 400;
    private const int Desk = 1600;
    private const string Hostile = "</script><img src=x onerror=document.title='broken'>\\u202E&amp;";

    [Fact]
    public async Task Signals_scores_and_decisions_appear_as_they_happen()
    {
        await using LiveRun run = await LiveRun.Open(gestures.Model, gestures.Csv, 100);
        await using LiveVisit visit = await LiveVisit.To(run, await chromium.Open(Desk));
        await visit.Shows("#state", "connecting");
        run.Start(holdAt: 70);
        await visit.Shows("#state", "playing 100 times as fast");
        await visit.Shows("#decided", "70");
        await visit.Shows("h1", "gestures.eqm");
        await visit.Shows("#origin", "MPU-6050, aX, aY, aZ at 50 Hz");
        await Assertions.Expect(visit.Page.Locator("#signals .legend li")).ToHaveTextAsync([Reading("aX"), Reading("aY"), Reading("aZ")]);
        await Assertions.Expect(visit.Page.Locator("#score-legend .name")).ToHaveTextAsync(["rest", "swipe", "circle", "shake", "tap"]);
        await Assertions.Expect(visit.Page.Locator("#operators li .number")).ToHaveCountAsync(run.Run.Pipeline.Network.OperatorCount);
        await visit.Shows("#operator-sum", "s");
        await visit.Shows("#label", "rest");
        await visit.Shows("#decisions tbody", "circle");
        foreach (string drawing in new[] { "#signals canvas", "#features", "#scores" })
        {
            Assert.True(await visit.Colours(drawing) > 10, drawing);
        }

        run.Release();
        await visit.Shows("#state", "recording over");
        SimulationSummary summary = await run.Summary();
        Assert.Equal(summary.Decisions, await visit.Number("#decided"));
        Assert.Equal(0, await visit.Number("#allocated"));
        await Assertions.Expect(visit.Page.Locator("#decisions tbody tr")).ToHaveCountAsync(summary.Labels.Sum(label => label.Events));
        visit.RequireQuiet();
    }

    [Fact]
    public async Task A_page_that_is_opened_later_sees_what_was_and_shows_it_when_the_program_is_gone()
    {
        await using LiveRun run = await LiveRun.Open(gestures.Model, gestures.Csv, null);
        SimulationSummary summary = await run.Start().Summary();
        await using LiveVisit visit = await LiveVisit.To(run, await chromium.Open(Desk));
        await visit.Shows("#state", "recording over");
        await run.Close();
        Assert.Equal(summary.Decisions, await visit.Number("#decided"));
        await visit.Page.Locator("#events-only").UncheckAsync();
        await Assertions.Expect(visit.Page.Locator("#decisions tbody tr")).ToHaveCountAsync(200);
        await visit.Page.Locator("#span").SelectOptionAsync("all");
        await visit.Page.Locator("#span").SelectOptionAsync("10");
        string end = await visit.Page.Locator("#certainty").InnerTextAsync();
        await visit.Page.Locator("#until").FillAsync("20");
        await visit.Shows("#certainty", "at 19.");
        Assert.NotEqual(end, await visit.Page.Locator("#certainty").InnerTextAsync(), StringComparer.Ordinal);
        await visit.Shows("#follow", "To the end");
        await visit.Page.Locator("#follow").PressAsync("Enter");
        await visit.Shows("#certainty", end);
        Assert.Equal("recording over", await visit.Page.Locator("#state").InnerTextAsync());
        visit.RequireQuiet();
    }

    [Fact]
    public async Task The_pointer_shows_what_was_at_a_time()
    {
        await using LiveRun run = await LiveRun.Open(gestures.Model, gestures.Csv, null);
        await run.Start().Summary();
        await using LiveVisit visit = await LiveVisit.To(run, await chromium.Open(Desk));
        await visit.Shows("#state", "recording over");
        await visit.Page.Locator("#span").SelectOptionAsync("all");
        await visit.Shows("#label", "rest");
        string end = await visit.Page.Locator("#certainty").InnerTextAsync();

        // The recording's first event: a circle after 4.3 s.
        int width = await visit.Page.Locator("#scores").EvaluateAsync<int>("canvas => canvas.clientWidth");
        await visit.Page.Locator("#scores").HoverAsync(new LocatorHoverOptions { Position = new Position { X = 46 + (float)((width - 56) * 4.55 / run.Run.Elapsed.TotalSeconds), Y = 60 } });
        await visit.Shows("#label", "circle");
        await visit.Shows("#certainty", "at 4.");
        await visit.Page.Locator("h1").HoverAsync();
        await visit.Shows("#certainty", end);
    }

    [Fact]
    public async Task Several_pages_are_independent_and_one_that_is_closed_stops_nothing()
    {
        await using LiveRun run = await LiveRun.Open(gestures.Model, gestures.Csv, null);
        run.Start(holdAt: 50);
        await using LiveVisit stays = await LiveVisit.To(run, await chromium.Open(Desk));
        await using (LiveVisit goes = await LiveVisit.To(run, await chromium.Open(Phone)))
        {
            await goes.Shows("#decided", "50");
            await goes.Page.Locator("#follow").ClickAsync();
            await goes.Shows("#follow", "Follow");
        }

        run.Release();
        SimulationSummary summary = await run.Summary();
        await stays.Shows("#state", "recording over");
        Assert.Equal(summary.Decisions, await stays.Number("#decided"));
        stays.RequireQuiet();
    }

    [Fact]
    public async Task A_fault_shows_up_and_so_does_its_end()
    {
        await using LiveRun run = await LiveRun.Open(gestures.Model, gestures.Csv, null, "gestures.eqm", "stuck@10:4", "lost@30:0.5");
        await run.Start().Summary();
        await using LiveVisit visit = await LiveVisit.To(run, await chromium.Open(Desk));
        await Assertions.Expect(visit.Page.Locator("#happenings .kind")).ToHaveTextAsync(["samples lost", "samples good", "samples stuck"]);
        await visit.Shows("#happenings li:last-child", "gives the same value all the time");
        await Assertions.Expect(visit.Page.Locator("#happenings .well")).ToHaveCountAsync(1);
        Assert.InRange(await visit.Number("#lost"), 23, 27);
        await Assertions.Expect(visit.Page.Locator("#lost")).ToHaveClassAsync("value bad");
        visit.RequireQuiet();
    }

    [Fact]
    public async Task Hostile_text_is_text()
    {
        await using LiveRun run = await LiveRun.Open(TiltModel.File(labels: Hostile + ",down"), Tilting(), null, "<b onmouseover=alert(1)>model");
        await run.Start().Summary();
        await using LiveVisit visit = await LiveVisit.To(run, await chromium.Open(Desk));
        await visit.Shows("#state", "recording over");
        string shown = Hostile.Replace("\\u202E", "\u202E", StringComparison.Ordinal);
        await Assertions.Expect(visit.Page.Locator("#score-legend .name").First).ToHaveTextAsync(shown);
        await Assertions.Expect(visit.Page.Locator("#decisions tbody .name").Last).ToHaveTextAsync(shown);
        await visit.Shows("h1", "<b onmouseover=alert(1)>model");
        await visit.Shows("#operators", "<b onmouseover=alert(1)>model 0");
        Assert.Equal(0, await visit.Page.Locator("img, b").CountAsync());
        Assert.Equal(1, await visit.Page.Locator("script").CountAsync());
        Assert.Equal("<b onmouseover=alert(1)>model – EdgeQuant live", await visit.Page.TitleAsync());
        Assert.Equal(Desk, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        visit.RequireQuiet();
    }

    [Fact]
    public async Task A_program_that_is_gone_too_early_is_said()
    {
        await using LiveRun run = await LiveRun.Open(gestures.Model, gestures.Csv, null);
        run.Start(holdAt: 20);
        await using LiveVisit visit = await LiveVisit.To(run, await chromium.Open(Desk));
        await visit.Shows("#decided", "20");
        await run.Close();
        await visit.Shows("#state", "connection lost");
        Assert.Equal(20, await visit.Number("#decided"));
    }

    [Theory]
    [InlineData(Phone, ColorScheme.Light)]
    [InlineData(Phone, ColorScheme.Dark)]
    [InlineData(Desk, ColorScheme.Light)]
    [InlineData(Desk, ColorScheme.Dark)]
    public async Task The_page_fits_the_window_in_light_and_dark(int width, ColorScheme scheme)
    {
        await using LiveRun run = await LiveRun.Open(gestures.Model, gestures.Csv, null);
        await run.Start().Summary();
        await using LiveVisit visit = await LiveVisit.To(run, await chromium.Open(width, scheme: scheme));
        await visit.Shows("#state", "recording over");
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        string ground = await Ground(visit);
        Assert.Equal(scheme == ColorScheme.Dark, ground.Split('(', ',')[1].Length < 3);
        await visit.Page.Locator("#theme").ClickAsync();
        Assert.NotEqual(ground, await Ground(visit), StringComparer.Ordinal);
        visit.RequireQuiet();
    }

    [Fact]
    public async Task Everything_can_be_reached_by_key_and_has_a_name()
    {
        await using LiveRun run = await LiveRun.Open(gestures.Model, gestures.Csv, null);
        await run.Start().Summary();
        await using LiveVisit visit = await LiveVisit.To(run, await chromium.Open(Desk));
        await visit.Shows("#state", "recording over");
        List<string> reached = [];
        for (int i = 0; i < 8; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            reached.Add(await visit.Page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.className"));
        }

        Assert.Equal(["skip", "theme", "span", "until", "follow", "events-only", "scroll"], reached.Take(7));
        Assert.Equal(3, await visit.Page.GetByRole(AriaRole.Img).CountAsync());
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "aX, aY, aZ in g over time" })).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Slider, new PageGetByRoleOptions { Name = "Until" })).ToHaveCountAsync(1);
        await visit.Page.Locator("#until").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.Shows("#follow", "To the end");
        await Assertions.Expect(visit.Page.Locator("#announcer")).ToContainTextAsync("The recording is over");
    }

    private static System.Text.RegularExpressions.Regex Reading(string channel)
    {
        return new System.Text.RegularExpressions.Regex($@"^{channel}\s*-?\d\.\d\d g$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static async Task<string> Ground(LiveVisit visit)
    {
        return await visit.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    /// <summary>Ten seconds of which the first axis is up, and then down.</summary>
    private static string Tilting()
    {
        StringBuilder text = new("aX,aY,aZ\n");
        for (int i = 0; i < 1000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i < 500 ? 0.8 : -0.8) + (0.01 * Math.Sin(i)):0.####},{0.02 * Math.Sin(i * 1.3):0.####},{1 + (0.02 * Math.Sin(i * 0.7)):0.####}\n");
        }

        return text.ToString();
    }
}
