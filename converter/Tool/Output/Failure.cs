using System.CommandLine;
using EdgeQuant.Boards;
using EdgeQuant.Converter;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.TensorFlowLite;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Firmware.Deploy;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Firmware.Simulation;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Tool.Output;

/// <summary>Why the tool did not do what was asked.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Message">What happened, and what to do where that is known.</param>
/// <param name="Reasons">All reasons why a model cannot be supported, or what costs its accuracy; empty otherwise.</param>
internal sealed record Failure(ExitCode Code, string Message, IReadOnlyList<Refusal> Reasons)
{
    /// <summary>The failure behind an exception.</summary>
    public static Failure Of(Exception exception)
    {
        return exception switch
        {
            ToolException known => new Failure(known.Code, known.Message, []),
            UnsupportedNetworkException unsupported => OfModel(unsupported.Refusals),
            AccuracyException accuracy => new Failure(ExitCode.CheckFailed, accuracy.Message, accuracy.Reasons),
            BoardFitException fit => new Failure(ExitCode.CheckFailed, fit.Message, fit.Reasons),
            DeployException { Failure: DeployFailure.SelfTest } => new Failure(ExitCode.CheckFailed, exception.Message, []),
            DeployException => new Failure(ExitCode.DeviceFailed, exception.Message, []),
            SelfCheckException => new Failure(ExitCode.CheckFailed, exception.Message, []),
            UnknownFormatException or TfliteFormatException or OnnxFormatException or ModelFormatException or InvalidDataException => new Failure(ExitCode.BadFile, exception.Message, []),
            RecordingException or ModelRefusedException => new Failure(ExitCode.BadFile, exception.Message, []),
            SimulationException => new Failure(ExitCode.WrongUsage, exception.Message, []),
            SensorException sensor => new Failure(OfFault(sensor.Fault), $"{sensor.Message} {sensor.Help}", []),
            DataException or RecipeException or SignalException or BoardException => new Failure(ExitCode.BadFile, exception.Message, []),
            EvaluationException or SamplesNeededException => new Failure(ExitCode.WrongUsage, exception.Message, []),
            IOException or UnauthorizedAccessException => new Failure(ExitCode.BadFile, exception.Message, []),
            OutOfMemoryException => new Failure(ExitCode.BadFile, "This machine has too little memory for the files that were given. Read fewer samples (--limit N), or look whether a file is larger than it should be.", []),
            OperationCanceledException => new Failure(ExitCode.Interrupted, "Interrupted.", []),
            TypeInitializationException { InnerException: Exception inner } => Of(inner),
            NotSupportedException => new Failure(ExitCode.WrongUsage, exception.Message, []),
            _ => new Failure(
                ExitCode.Defect,
                $"This is a defect of edgequant: {exception.GetType().Name} in {exception.TargetSite?.DeclaringType?.Name}: {exception.Message} Please report it with the file that it happened on.",
                []),
        };
    }

    /// <summary>The failure behind a command line that does not parse.</summary>
    public static Failure OfUsage(ParseResult parsed)
    {
        return new Failure(ExitCode.WrongUsage, parsed.CommandResult.Command is RootCommand root ? OfRoot(root, parsed) : OfVerb(parsed), []);
    }

    /// <summary>A rate is the model's: a sensor that does not have it does not suit the model's file.</summary>
    private static ExitCode OfFault(SensorFault fault)
    {
        return fault switch
        {
            SensorFault.BadSettings => ExitCode.WrongUsage,
            SensorFault.RateNotReachable => ExitCode.BadFile,
            _ => ExitCode.DeviceFailed,
        };
    }

    private static Failure OfModel(IReadOnlyList<Refusal> reasons)
    {
        string number = reasons.Count == 1 ? "1 reason" : $"{reasons.Count} reasons";
        return new Failure(ExitCode.UnsupportedModel, $"The model cannot be supported, for {number}.", reasons);
    }

    private static string OfRoot(RootCommand root, ParseResult parsed)
    {
        string found = parsed.UnmatchedTokens.Count == 0 ? "No verb was given." : $"'{parsed.UnmatchedTokens[0]}' is no verb of edgequant.";
        return $"{found} There are {string.Join(", ", root.Subcommands.Select(verb => verb.Name))}. See 'edgequant --help'.";
    }

    private static string OfVerb(ParseResult parsed)
    {
        string errors = string.Join(" ", parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal));
        return $"{errors} See 'edgequant {parsed.CommandResult.Command.Name} --help'.";
    }
}
