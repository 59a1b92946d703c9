using Microsoft.Playwright;
using Xunit;

namespace EdgeQuant.Browser.Tests;

/// <summary>A live page that is open in the browser, with everything that it said and asked for.</summary>
internal sealed class LiveVisit : IAsyncDisposable
{
    /// <summary>Milliseconds that a busy machine may need for what the page does at once.</summary>
    private const float Patience = 60_000;

    private readonly IBrowserContext _context;
    private readonly Uri _server;

    private LiveVisit(IBrowserContext context, IPage page, Uri server)
    {
        _context = context;
        _server = server;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>What the page wrote to the console, and errors of its script.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Everything that was asked for.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<LiveVisit> To(LiveRun run, IBrowserContext context)
    {
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        LiveVisit visit = new(context, await context.NewPageAsync(), run.Address);
        visit.Page.Console += (_, message) => visit.Messages.Add($"{message.Type}: {message.Text}");
        visit.Page.PageError += (_, error) => visit.Messages.Add(error);
        visit.Page.Request += (_, request) => visit.Requests.Add(request.Url);
        await visit.Page.GotoAsync(run.Address.AbsoluteUri);
        return visit;
    }

    /// <summary>Waits until an element has a text.</summary>
    public Task Shows(string selector, string text)
    {
        return Assertions.Expect(Page.Locator(selector)).ToContainTextAsync(text);
    }

    /// <summary>A number on the page.</summary>
    public async Task<int> Number(string selector)
    {
        return int.Parse((await Page.Locator(selector).InnerTextAsync()).Replace(",", "", StringComparison.Ordinal), null);
    }

    /// <summary>How many different colours a drawing has.</summary>
    public Task<int> Colours(string selector)
    {
        return Page.EvaluateAsync<int>(
            """
            selector => {
                const canvas = document.querySelector(selector);
                const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
                return new Set(new Uint32Array(data.buffer)).size;
            }
            """,
            selector);
    }

    /// <summary>The page said nothing and asked nobody else for anything.</summary>
    public void RequireQuiet()
    {
        Assert.Empty(Messages);
        Assert.Equal([.. new[] { "", "live.css", "live.js", "events" }.Select(path => new Uri(_server, path).AbsoluteUri)], Requests.Order(StringComparer.Ordinal).Distinct().OrderBy(url => Array.IndexOf(["", "live.css", "live.js", "events"], url[_server.AbsoluteUri.Length..])));
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
    }
}
