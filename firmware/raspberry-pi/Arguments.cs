using EdgeQuant.Converter.Json;

namespace EdgeQuant.Device;

/// <summary>The command line.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="ConfigurationPath">The configuration's file.</param>
internal sealed record Arguments(Verb Verb, string ConfigurationPath)
{
    public const string Usage = """
        usage: edgequant-device [--config FILE] [--check-config | --self-test | --help | --version]

          --config FILE    the configuration; without it /etc/edgequant/device.json
          --check-config   only checks the configuration
          --self-test      only checks the configuration, loads the model and runs its self-test
          --help           says this
          --version        says the version, and what hardware is reached with

        Without one of the last four: reads the sensor and says decisions until it is ended (SIGTERM, Ctrl+C).
        """;

    private const string UsualPath = "/etc/edgequant/device.json";
    private const string Config = "--config";

    private static readonly IReadOnlyDictionary<string, Verb> s_verbs = new Dictionary<string, Verb>(StringComparer.Ordinal)
    {
        ["--check-config"] = Verb.CheckConfiguration,
        ["--self-test"] = Verb.SelfTest,
        ["--help"] = Verb.Help,
        ["--version"] = Verb.Version,
    };

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">Its words.</param>
    /// <param name="problem">What is wrong with it; empty if nothing is.</param>
    public static Arguments Parse(IReadOnlyList<string> arguments, out string problem)
    {
        Arguments parsed = new(Verb.Run, UsualPath);
        problem = "";
        for (int i = 0; i < arguments.Count && problem.Length == 0; i++)
        {
            string word = arguments[i];
            if (word == Config && i + 1 < arguments.Count)
            {
                parsed = parsed with { ConfigurationPath = arguments[++i] };
            }
            else if (word == Config)
            {
                problem = "--config needs a file.";
            }
            else if (!s_verbs.TryGetValue(word, out Verb verb))
            {
                problem = $"There is no option \"{word}\". {NearMiss.Sentence(word, [Config, .. s_verbs.Keys])}".TrimEnd();
            }
            else if (parsed.Verb != Verb.Run && parsed.Verb != verb)
            {
                problem = $"\"{word}\" cannot be together with another of {string.Join(", ", s_verbs.Keys)}.";
            }
            else
            {
                parsed = parsed with { Verb = verb };
            }
        }

        return parsed;
    }
}
