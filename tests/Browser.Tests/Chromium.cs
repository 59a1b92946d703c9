using Microsoft.Playwright;
using Xunit;

namespace EdgeQuant.Browser.Tests;

/// <summary>The browser that is installed on this machine, started once for a class of tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Why a test is skipped.</summary>
    public const string Absent = "needs chromium (apt-get install chromium), or its path in EDGEQUANT_CHROMIUM";

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser's program; null if there is none.</summary>
    public static string? Executable { get; } = Environment.GetEnvironmentVariable("EDGEQUANT_CHROMIUM") ?? Array.Find(Places, File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Executable is not null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = ["--no-sandbox"] });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A browser of one's own, with nothing remembered; the test is skipped where no browser is.</summary>
    internal async Task<IBrowserContext> Open(int width, int height = 900, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        Assert.SkipWhen(_browser is null, Absent);
        return await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
        });
    }
}
