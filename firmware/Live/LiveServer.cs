using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeQuant.Firmware.Live;

/// <summary>
/// Serves the live page of a simulation to this machine alone: it listens on 127.0.0.1, answers only who calls it by that address (so that no other
/// site's name can lead here), and takes nothing but GET.
/// </summary>
public sealed class LiveServer : IAsyncDisposable
{
    private const int MostConnections = 64;
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly TimeSpan s_shutdown = TimeSpan.FromMilliseconds(300);

    private readonly WebApplication _application;
    private readonly LiveSimulation _simulation;
    private readonly CancellationTokenSource _stop = new();
    private int _port;

    private LiveServer(LiveSimulation simulation, int port)
    {
        _simulation = simulation;
        _port = port;

        // Empty: no configuration from files or the environment may add addresses or hosts.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port);
            options.AddServerHeader = false;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Limits.MaxRequestBodySize = 0;
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_shutdown);
        _application = builder.Build();
        _application.Run(Answer);
    }

    /// <summary>Where the page is.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>Starts to serve.</summary>
    /// <param name="simulation">What is shown.</param>
    /// <param name="port">The port, 1 to 65535; 0: one that is free.</param>
    /// <exception cref="IOException">The port is in use, or this user may not use it.</exception>
    public static async Task<LiveServer> StartAsync(LiveSimulation simulation, int port)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        LiveServer server = new(simulation, port);
        try
        {
            await server._application.StartAsync().ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw new IOException(exception.Message, exception);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        server._port = new Uri(server._application.Urls.Single()).Port;
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private Task Answer(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        if (!IsThisMachine(context.Request.Host))
        {
            return Refuse(response, StatusCodes.Status403Forbidden, $"Open {Address}: this server answers to no other name.");
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            response.Headers.Allow = HttpMethods.Get;
            return Refuse(response, StatusCodes.Status405MethodNotAllowed, "Only GET is answered.");
        }

        string path = context.Request.Path.Value ?? "";
        if (path == "/events")
        {
            return EventStream.Write(context, _simulation, _stop.Token);
        }

        return PageAsset.Find(path) is { } asset ? asset.Write(response) : Refuse(response, StatusCodes.Status404NotFound, "There are /, /live.css, /live.js and /events.");
    }

    private bool IsThisMachine(HostString host)
    {
        return host.Host is "127.0.0.1" or "localhost" && (host.Port ?? 80) == _port;
    }

    private static Task Refuse(HttpResponse response, int status, string message)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(message + "\n");
    }
}
