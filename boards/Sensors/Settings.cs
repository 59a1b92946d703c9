using System.Globalization;

namespace EdgeQuant.Boards.Sensors;

/// <summary>What all sensors do with their settings.</summary>
internal static class Settings
{
    /// <summary>By how much the rate that a sensor can do may differ from the one that was asked for.</summary>
    private const double RateTolerance = 0.01;

    /// <summary>Which of a sensor's channels are read, in the order in which they are asked for; all where nothing is said.</summary>
    /// <exception cref="SensorException">A channel does not exist, or is asked for twice.</exception>
    public static int[] Selection(SensorSettings settings, string sensor, IReadOnlyList<SensorChannel> channels)
    {
        if (settings.Channels is not { } names)
        {
            return [.. Enumerable.Range(0, channels.Count)];
        }

        int[] selection = [.. names.Select(name => channels.Select(channel => channel.Name).ToList().FindIndex(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)))];
        int unknown = Array.IndexOf(selection, -1);
        string known = string.Join(", ", channels.Select(channel => channel.Name));
        return unknown >= 0
            ? throw Bad($"The {sensor} has no channel \"{names[unknown]}\".", $"Its channels are {known}.")
            : selection.Length == 0 || selection.Distinct().Count() != selection.Length
            ? throw Bad($"The channels \"{string.Join(",", names)}\" cannot be read from the {sensor}.", $"Name each at most once, and at least one: {known}.")
            : selection;
    }

    /// <summary>The place of a range among those that a sensor has; <paramref name="usual"/> where nothing is said.</summary>
    /// <exception cref="SensorException">The sensor does not have that range.</exception>
    public static int Range(int? asked, int usual, IReadOnlyList<int> ranges, string sensor, string unit)
    {
        int index = ranges.ToList().IndexOf(asked ?? usual);
        return index >= 0 ? index : throw Bad($"The {sensor} has no range of {asked} {unit}.", $"Its ranges are {string.Join(", ", ranges)} {unit}.");
    }

    /// <summary>The rate that a sensor does, of the two nearest to the one that is asked for.</summary>
    /// <param name="asked">What is asked for, in millihertz.</param>
    /// <param name="below">The nearest rate that is not higher, in hertz; or the lowest.</param>
    /// <param name="above">The nearest rate that is not lower, in hertz; or the highest.</param>
    /// <param name="sensor">What messages call the sensor.</param>
    /// <exception cref="SensorException">Both are further away than a hundredth.</exception>
    public static double Rate(int asked, double below, double above, string sensor)
    {
        double wanted = asked / 1000.0;
        double nearest = Math.Abs(below - wanted) <= Math.Abs(above - wanted) ? below : above;
        string rates = Hertz(below) == Hertz(above) ? Hertz(below) : $"{Hertz(below)} or {Hertz(above)}";
        return Math.Abs(nearest - wanted) <= wanted * RateTolerance
            ? nearest
            : throw new SensorException(
                SensorFault.RateNotReachable,
                $"The {sensor} cannot take {Hertz(wanted)} samples a second.",
                $"The nearest that it can do is {rates} Hz: train the network with that, or take another sensor.");
    }

    /// <summary>Checks a rate that the board itself keeps, sample by sample.</summary>
    /// <param name="asked">What is asked for, in millihertz.</param>
    /// <param name="highest">The most that the sensor and a busy board manage, in hertz.</param>
    /// <param name="sensor">What messages call the sensor.</param>
    /// <exception cref="SensorException">It is more than that, or not positive.</exception>
    public static double PolledRate(int asked, double highest, string sensor)
    {
        return Rate(asked, Math.Clamp(asked / 1000.0, 0.001, highest), Math.Clamp(asked / 1000.0, 0.001, highest), sensor);
    }

    private static SensorException Bad(string message, string help)
    {
        return new SensorException(SensorFault.BadSettings, message, help);
    }

    private static string Hertz(double rate)
    {
        return rate.ToString("0.###", CultureInfo.InvariantCulture);
    }
}
