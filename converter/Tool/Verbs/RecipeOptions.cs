using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeQuant.Converter.Json;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Tool.Files;

namespace EdgeQuant.Tool.Verbs;

/// <summary>How a float network is quantized: a recipe's file, and words that change what holds for all operators that no rule of it matches.</summary>
internal sealed class RecipeOptions
{
    private readonly Option<string?> _recipe = new("--recipe") { Description = "How to quantize, as JSON; see converter/Quantizing/README.md.", HelpName = "FILE" };

    private readonly Option<SchemeChange?> _weights = Words("--weights", $"How weights are stored: {SchemeWords.Weights}. [default: int8]", "HOW", SchemeWords.ToWeights, SchemeWords.Weights);

    private readonly Option<SchemeChange?> _activations =
        Words("--activations", $"How activations are held: {SchemeWords.Activations}. [default: int8]", "HOW", SchemeWords.ToActivations, SchemeWords.Activations);

    private readonly Option<bool> _perTensor = new("--per-tensor") { Description = "One scale for all weights of an operator, not one for each output channel." };

    private readonly Option<bool> _symmetric = new("--symmetric") { Description = "Activations without zero points." };

    private readonly Option<bool> _powerOfTwo = new("--power-of-two") { Description = "Scales that are powers of two, so that rescaling is a shift." };

    private readonly Option<SchemeChange?> _calibration =
        Words("--calibration", $"How ranges of activations are chosen: {SchemeWords.Calibration}. [default: minmax]", "METHOD", SchemeWords.ToCalibration, SchemeWords.Calibration);

    private readonly Option<RepairScheme?> _repair = Words("--repair", $"Repairs: {SchemeWords.Repair}. [default: none]", "WHICH", SchemeWords.ToRepair, SchemeWords.Repair);

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Options.Add(_recipe);
        verb.Options.Add(_weights);
        verb.Options.Add(_activations);
        verb.Options.Add(_perTensor);
        verb.Options.Add(_symmetric);
        verb.Options.Add(_powerOfTwo);
        verb.Options.Add(_calibration);
        verb.Options.Add(_repair);
    }

    /// <summary>The options that were given, for messages; empty if none was.</summary>
    public IReadOnlyList<string> Given(ParseResult arguments)
    {
        Option[] all = [_recipe, _weights, _activations, _perTensor, _symmetric, _powerOfTwo, _calibration, _repair];
        return [.. all.Where(option => arguments.GetResult(option) is not null and { Implicit: false }).Select(option => option.Name)];
    }

    /// <summary>The recipe that the arguments ask for.</summary>
    public Recipe Read(ParseResult arguments)
    {
        Recipe recipe = arguments.GetValue(_recipe) is string path ? RecipeFile.Read(path) : Recipe.Default;
        OperatorScheme scheme = recipe.Operators;
        foreach (SchemeChange change in Changes(arguments))
        {
            scheme = change.Apply(scheme);
        }

        Recipe changed = recipe with { Operators = scheme, Repair = arguments.GetValue(_repair) ?? recipe.Repair };
        return RecipeCheck.Problems(changed).FirstOrDefault() is JsonProblem problem
            ? throw new ToolException(ExitCode.WrongUsage, $"{string.Join(", ", Given(arguments))}: found {problem.Found}; allowed: {problem.Allowed}.")
            : changed;
    }

    private IEnumerable<SchemeChange> Changes(ParseResult arguments)
    {
        SchemeChange?[] given =
        [
            arguments.GetValue(_weights),
            arguments.GetValue(_activations),
            arguments.GetValue(_perTensor) ? new SchemeChange { WeightsPerChannel = false } : null,
            arguments.GetValue(_symmetric) ? new SchemeChange { ActivationsSymmetric = true } : null,
            arguments.GetValue(_powerOfTwo) ? new SchemeChange { WeightsPowerOfTwo = true, ActivationsPowerOfTwo = true } : null,
            arguments.GetValue(_calibration),
        ];
        return given.OfType<SchemeChange>();
    }

    private static Option<T?> Words<T>(string name, string description, string help, Func<string, T?> parse, string allowed)
        where T : class
    {
        return new Option<T?>(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result => Parse(result, name, parse, allowed),
        };
    }

    private static T? Parse<T>(ArgumentResult result, string option, Func<string, T?> parse, string allowed)
        where T : class
    {
        string text = result.Tokens[0].Value;
        T? value = parse(text);
        if (value is null)
        {
            result.AddError($"{option} is '{text}'; allowed are {allowed}.");
        }

        return value;
    }
}
