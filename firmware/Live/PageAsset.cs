using Microsoft.AspNetCore.Http;

namespace EdgeQuant.Firmware.Live;

/// <summary>A part of the page.</summary>
internal sealed class PageAsset
{
    private static readonly Dictionary<string, PageAsset> s_assets = new(StringComparer.Ordinal)
    {
        ["/"] = new PageAsset("live.html", "text/html; charset=utf-8"),
        ["/live.css"] = new PageAsset("live.css", "text/css; charset=utf-8"),
        ["/live.js"] = new PageAsset("live.js", "text/javascript; charset=utf-8"),
    };

    private readonly byte[] _bytes;
    private readonly string _type;

    private PageAsset(string name, string type)
    {
        using Stream stream = typeof(PageAsset).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        _bytes = new byte[stream.Length];
        stream.ReadExactly(_bytes);
        _type = type;
    }

    /// <summary>The part at a path; null if there is none.</summary>
    public static PageAsset? Find(string path)
    {
        return s_assets.GetValueOrDefault(path);
    }

    /// <summary>Answers with it.</summary>
    public Task Write(HttpResponse response)
    {
        response.ContentType = _type;
        response.ContentLength = _bytes.Length;
        return response.Body.WriteAsync(_bytes).AsTask();
    }
}
