using EdgeQuant.Converter.Report.Quality;
using Microsoft.Playwright;
using Xunit;

namespace EdgeQuant.Browser.Tests;

/// <summary>The report's page in a real browser.</summary>
public sealed class ReportPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Phone = 390;
    private const int Desk = 1280;

    private static readonly QuantizationReport Report = MadeReport.Of(blocks: 4);

    [Theory]
    [InlineData(Phone, ColorScheme.Light)]
    [InlineData(Phone, ColorScheme.Dark)]
    [InlineData(Desk, ColorScheme.Light)]
    [InlineData(Desk, ColorScheme.Dark)]
    public async Task The_page_says_nothing_asks_for_nothing_and_is_no_wider_than_the_window(int width, ColorScheme scheme)
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(width, scheme: scheme));
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await visit.Page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(visit.Messages);
        Assert.Empty(visit.Requests);
    }

    [Theory]
    [InlineData(Phone)]
    [InlineData(Desk)]
    public async Task Long_names_of_files_stay_inside_of_their_cards(int width)
    {
        string name = new string('x', 80) + ".npy";
        QuantizationReport report = Report with { Accuracy = [new AccuracyFigures("SQNR of the outputs", "dB", 40, name, null, null, 29.5988, HigherIsBetter: true, MostDrop: null)] };
        await using Visit visit = await Visit.To(report, await chromium.Open(width));
        await Assertions.Expect(visit.Page.Locator("#overview .value").First).ToHaveTextAsync("29.6 dB");
        string outside = await visit.Page.EvaluateAsync<string>("""
            () => [...document.querySelectorAll(".card")]
                .flatMap(card => [...card.querySelectorAll("*")].filter(part => part.getBoundingClientRect().right > card.getBoundingClientRect().right || part.scrollWidth > part.clientWidth + 1 && part.matches("p, dl")))
                .map(part => part.textContent)
                .join("; ")
            """);
        Assert.Equal("", outside);
    }

    [Fact]
    public async Task Headline_numbers_and_the_network_are_there()
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(Desk));
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("tiny_resnet");
        await Assertions.Expect(visit.Page.Locator("#overview")).ToContainTextAsync("98.17 %");
        await Assertions.Expect(visit.Page.Locator("#overview")).ToContainTextAsync("0.08 points lost, limit 0.5");
        await Assertions.Expect(visit.Page.Locator("#network")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".node")).ToHaveCountAsync(Report.Operators.Count);
        await Assertions.Expect(visit.Page.Locator(".edge")).ToHaveCountAsync(Report.Edges.Count);
        await Assertions.Expect(visit.Page.Locator("#table tbody tr")).ToHaveCountAsync(Report.Operators.Count);
    }

    [Theory]
    [InlineData(Phone)]
    [InlineData(Desk)]
    public async Task A_click_on_a_node_shows_what_is_known_of_it(int width)
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(width));
        await visit.Page.Locator("#node-3").ClickAsync();
        ILocator detail = visit.Page.Locator("#op-3");
        await Assertions.Expect(detail).ToBeInViewportAsync();
        await Assertions.Expect(detail).ToContainTextAsync(Report.Operators[3].Name);
        await Assertions.Expect(detail).ToContainTextAsync("40.5 dB");
        await Assertions.Expect(detail).ToContainTextAsync("16 scales along axis 0");
        await Assertions.Expect(detail.Locator("svg.histogram")).ToHaveCountAsync(3);
        await Assertions.Expect(visit.Page.Locator(".detail:visible")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator("#node-3")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Keys_move_along_the_network()
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(Desk));
        await visit.Page.Locator("#node-1").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(visit.Page.Locator("#node-2")).ToBeFocusedAsync();
        await Assertions.Expect(visit.Page.Locator("#op-2")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(visit.Page.Locator("#op-1")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(visit.Page.Locator($"#op-{Report.Operators.Count - 1}")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator($"#node-{Report.Operators.Count - 1}")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_click_on_a_heading_sorts_and_a_second_one_turns_the_order_around()
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(Desk));
        ILocator heading = visit.Page.Locator("#table thead button", new PageLocatorOptions { HasText = "SQNR" });
        await heading.ClickAsync();
        double[] measured = [.. Report.Operators.Where(op => op.Error is not null).Select(op => op.Error!.Sqnr)];
        Assert.Equal(measured.Order(), await Column(visit));
        await heading.ClickAsync();
        Assert.Equal(measured.OrderDescending(), await Column(visit));
        await Assertions.Expect(visit.Page.Locator("#table thead th", new PageLocatorOptions { HasText = "SQNR" })).ToHaveAttributeAsync("aria-sort", "descending");
    }

    [Fact]
    public async Task The_filter_leaves_what_it_names()
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(Desk));
        await visit.Page.Locator("#filter").FillAsync("fully");
        await Assertions.Expect(visit.Page.Locator("#table tbody tr:visible")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_button_changes_between_light_and_dark_and_it_is_remembered(ColorScheme scheme)
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(Desk, scheme: scheme));
        string before = await Ground(visit);
        await visit.Page.Locator("#theme").ClickAsync();
        string after = await Ground(visit);
        Assert.NotEqual(before, after, StringComparer.Ordinal);
        await visit.Page.ReloadAsync();
        Assert.Equal(after, await Ground(visit));
        await visit.Page.Locator("#theme").ClickAsync();
        Assert.Equal(before, await Ground(visit));
    }

    [Fact]
    public async Task Colours_show_what_is_asked_for()
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(Desk));
        string before = await visit.Page.Locator("#node-2 .bar").EvaluateAsync<string>("bar => getComputedStyle(bar).fill");
        await visit.Page.Locator("#colour").SelectOptionAsync("by-bits");
        string after = await visit.Page.Locator("#node-2 .bar").EvaluateAsync<string>("bar => getComputedStyle(bar).fill");
        Assert.NotEqual(before, after, StringComparer.Ordinal);
        await Assertions.Expect(visit.Page.Locator(".legend:visible")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Hostile_names_are_text()
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(Desk));
        Assert.Equal("tiny_resnet – quantization report", await visit.Page.TitleAsync());
        Assert.Equal(0, await visit.Page.Locator("img").CountAsync());
        Assert.Equal(1, await visit.Page.Locator("script").CountAsync());
        string shown = MadeReport.Hostile.Replace('\u202E', '\uFFFD');
        await Assertions.Expect(visit.Page.Locator("#op-2 > .name")).ToHaveTextAsync(shown);
        await Assertions.Expect(visit.Page.Locator(".warnings")).ToContainTextAsync(shown);
    }

    [Fact]
    public async Task The_policy_stops_whatever_is_not_part_of_the_page()
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(Desk));
        await visit.Page.EvaluateAsync("""
            () => {
                const script = document.createElement("script");
                script.textContent = "document.title = 'broken'";
                document.body.append(script);
                const image = document.createElement("img");
                image.src = "https://example.invalid/x.png";
                document.body.append(image);
            }
            """);
        Assert.NotEqual("broken", await visit.Page.TitleAsync(), StringComparer.Ordinal);
        Assert.Equal(2, visit.Messages.Count(message => message.Contains("Content Security Policy", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_script_everything_can_be_read()
    {
        await using Visit visit = await Visit.To(Report, await chromium.Open(Desk, script: false));
        await Assertions.Expect(visit.Page.Locator("#network")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#op-3")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#theme")).ToBeHiddenAsync();
        Assert.Equal(await visit.Page.Locator(".gallery figure").CountAsync(), await visit.Page.Locator(".gallery figure:visible").CountAsync());
        Assert.Empty(visit.Messages);
    }

    [Fact]
    public async Task Hundreds_of_operators_stay_usable()
    {
        QuantizationReport report = MadeReport.Of(blocks: 80);
        Assert.True(report.Operators.Count > 280);
        await using Visit visit = await Visit.To(report, await chromium.Open(Desk));
        int last = report.Operators.Count - 1;
        await visit.Page.Locator($"#table tr[data-op='{last}'] .pick").ClickAsync();
        await Assertions.Expect(visit.Page.Locator($"#op-{last}")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator($"#node-{last}")).ToBeInViewportAsync();
        Assert.True(await visit.Page.Locator(".gallery figure:visible").CountAsync() < 100);
        await visit.Page.Locator("#all").ClickAsync();
        Assert.True(await visit.Page.Locator(".gallery figure:visible").CountAsync() > 400);
        Assert.Empty(visit.Messages);
    }

    private static async Task<string> Ground(Visit visit)
    {
        return await visit.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    private static async Task<double[]> Column(Visit visit)
    {
        return await visit.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('#table tbody tr')].map(row => row.cells[2].dataset.value).filter(value => value !== 'none').map(Number)");
    }
}
