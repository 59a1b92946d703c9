using EdgeQuant.Boards;

namespace EdgeQuant.Firmware;

/// <summary>What is thrown by a sensor that is not there or gives up, and how it is told.</summary>
internal static class SensorTrouble
{
    /// <summary>Whether an exception is about the sensor: its own, or one that the system's devices throw.</summary>
    public static bool Is(Exception exception)
    {
        return exception is SensorException or IOException or UnauthorizedAccessException or TimeoutException;
    }

    /// <summary>What happened and what to do, in one line.</summary>
    public static string Describe(Exception exception)
    {
        return exception is SensorException sensor ? $"{sensor.Message} {sensor.Help}" : exception.Message;
    }
}
