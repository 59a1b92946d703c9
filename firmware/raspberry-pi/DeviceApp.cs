using System.Globalization;
using System.Reflection;
using EdgeQuant.Boards;
using EdgeQuant.Device.Configuration;
using EdgeQuant.Firmware.Models;

namespace EdgeQuant.Device;

/// <summary>The program: what its options do, and what it says and ends with where something is wrong.</summary>
internal static class DeviceApp
{
    /// <summary>Runs it.</summary>
    /// <param name="words">The command line.</param>
    public static async Task<ExitCode> RunAsync(string[] words)
    {
        Arguments arguments = Arguments.Parse(words, out string problem);
        if (problem.Length > 0)
        {
            await Console.Error.WriteLineAsync($"{problem}\n{Arguments.Usage}").ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }

        try
        {
            return await RunAsync(arguments).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ConfigurationException or ModelRefusedException or RecordingException or FileNotFoundException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return ExitCode.BadInput;
        }
        catch (SensorException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} {exception.Help}").ConfigureAwait(false);
            return exception.Fault is SensorFault.BadSettings or SensorFault.RateNotReachable ? ExitCode.BadInput : ExitCode.DeviceFailed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"The device does not work: {exception.Message}").ConfigureAwait(false);
            return ExitCode.DeviceFailed;
        }
    }

    private static async Task<ExitCode> RunAsync(Arguments arguments)
    {
        if (arguments.Verb is Verb.Help or Verb.Version)
        {
            await Console.Out.WriteLineAsync(arguments.Verb == Verb.Help ? Arguments.Usage : Version()).ConfigureAwait(false);
            return ExitCode.Done;
        }

        DeviceConfiguration configuration = ConfigurationReader.Read(arguments.ConfigurationPath);
        switch (arguments.Verb)
        {
            case Verb.CheckConfiguration:
                await Console.Out.WriteLineAsync($"{arguments.ConfigurationPath}: good").ConfigureAwait(false);
                break;
            case Verb.SelfTest:
                LoadedModel model = LoadedModel.Load(configuration.Model, configuration.Requirements);
                await Console.Out.WriteLineAsync($"{configuration.Model}: model {model.ShortName} passed its self-test; {Held(model.Pipeline.HeldBytes)}; labels: {string.Join(", ", model.Labels)}").ConfigureAwait(false);
                break;
            default:
                await DeviceService.RunAsync(configuration).ConfigureAwait(false);
                break;
        }

        return ExitCode.Done;
    }

    private static string Held(long bytes)
    {
        return bytes == 0 ? "weights only as they are in the file" : string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes held beside the file, to be fast");
    }

    private static string Version()
    {
        string? version = typeof(DeviceApp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return $"edgequant-device {version}\n{DevicePackages.Description}";
    }
}
