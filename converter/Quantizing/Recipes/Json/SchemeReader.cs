using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Quantizing.Recipes.Json;

/// <summary>Reads what a recipe, or a rule of it, says of operators: the members "weights", "activations" and "calibration".</summary>
internal static class SchemeReader
{
    private const int FewestIndexBits = 2;
    private const int MostIndexBits = 8;

    /// <summary>Reads the members of an object.</summary>
    public static SchemeChange Change(ObjectReader reader, List<JsonProblem> problems)
    {
        ObjectReader weights = reader.Object("weights");
        ObjectReader activations = reader.Object("activations");
        CalibrationChange calibration = CalibrationChange.Of(reader.Object("calibration"));
        SchemeChange change = new()
        {
            WeightEncoding = weights.Word<WeightEncoding>("encoding"),
            WeightsPerChannel = weights.Flag("perChannel"),
            WeightsSymmetric = weights.Flag("symmetric"),
            WeightsPowerOfTwo = weights.Flag("powerOfTwo"),
            IndexBits = weights.Whole("indexBits", FewestIndexBits, MostIndexBits),
            CodebookMethod = weights.Word<CodebookMethod>("codebookMethod"),
            ActivationType = activations.Word<ActivationType>("type"),
            ActivationsSymmetric = activations.Flag("symmetric"),
            ActivationsPowerOfTwo = activations.Flag("powerOfTwo"),
            CalibrationMethod = calibration.Method,
            Percentile = calibration.Percentile,
            Momentum = calibration.Momentum,
        };
        weights.End();
        activations.End();
        if (change.WeightEncoding is not (null or WeightEncoding.Codebook) && (change.IndexBits is not null || change.CodebookMethod is not null))
        {
            problems.Add(new JsonProblem(weights.Place, $"\"indexBits\" or \"codebookMethod\" with \"{Words.Of(change.WeightEncoding.Value)}\" weights", "these with \"codebook\" weights"));
        }

        return change;
    }

    /// <summary>Reads a rule.</summary>
    public static RecipeRule Rule(JsonPart part, List<JsonProblem> problems)
    {
        ObjectReader reader = new(part, problems);
        string? name = reader.Text("name");
        string? kind = reader.Text("kind");
        int? from = reader.Whole("from");
        int? to = reader.Whole("to");
        SchemeChange change = Change(reader, problems);
        reader.End();
        if (reader.IsPresent && change == new SchemeChange() && problems.Count == 0)
        {
            problems.Add(new JsonProblem(part.Place, "a rule that changes nothing", "at least one member of weights, activations or calibration"));
        }

        if (from >= 0 == to >= 0 && from > to)
        {
            problems.Add(new JsonProblem(part.Place, $"positions from {from} to {to}", "a first position that is not behind the last"));
        }

        return new RecipeRule(change) { Name = name, Kind = kind, From = from, To = to, Place = part.Place };
    }
}
