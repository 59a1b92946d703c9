using EdgeQuant.Converter.Report.Page;
using EdgeQuant.Converter.Report.Quality;
using Microsoft.Playwright;

namespace EdgeQuant.Browser.Tests;

/// <summary>A report that is open in the browser as a file, with everything that the page said and asked for.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly DirectoryInfo _folder;

    private Visit(IBrowserContext context, IPage page, DirectoryInfo folder)
    {
        _context = context;
        _folder = folder;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>What the page wrote to the console, and errors of its script.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Everything that was asked for but the page itself.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Writes the report's page into a folder and opens it.</summary>
    public static async Task<Visit> To(QuantizationReport report, IBrowserContext context)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequant-browser-");
        string path = Path.Combine(folder.FullName, "report.html");
        await File.WriteAllBytesAsync(path, HtmlReport.Write(report, "report.json"));
        string address = new Uri(path).AbsoluteUri;
        Visit visit = new(context, await context.NewPageAsync(), folder);
        visit.Page.Console += (_, message) => visit.Messages.Add($"{message.Type}: {message.Text}");
        visit.Page.PageError += (_, error) => visit.Messages.Add(error);
        visit.Page.Request += (_, request) =>
        {
            if (request.Url != address)
            {
                visit.Requests.Add(request.Url);
            }
        };
        await visit.Page.GotoAsync(address);
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
