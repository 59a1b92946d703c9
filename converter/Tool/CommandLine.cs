using System.CommandLine;
using System.CommandLine.Help;
using EdgeQuant.Tool.Output;
using EdgeQuant.Tool.Verbs;

namespace EdgeQuant.Tool;

/// <summary>The command line: its verbs, and what happens when it is wrong.</summary>
internal static class CommandLine
{
    /// <summary>Parses the arguments and runs the verb that they name.</summary>
    public static ExitCode Run(string[] arguments)
    {
        ParseResult parsed = Root().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            ToolConsole console = new(json: arguments.Contains(Verb.JsonOption));
            console.Fail(Failure.OfUsage(parsed));
            return ExitCode.WrongUsage;
        }

        return (ExitCode)parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static RootCommand Root()
    {
        RootCommand root = new("Packs trained networks into one flat file that runs with integers only, and checks, inspects and times them.")
        {
            new DemoVerb(),
            new ConvertVerb(),
            new InspectVerb(),
            new RunVerb(),
            new VerifyVerb(),
            new EvaluateVerb(),
            new CompareVerb(),
            new BenchVerb(),
            new ExportVerb(),
            new SimulateVerb(),
            new BoardsVerb(),
            new DeployVerb(),
        };
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        }

        return root;
    }
}
