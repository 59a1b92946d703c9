using System.Text.Json;
using EdgeQuant.Converter.Json;
using EdgeQuant.Converter.Quantizing.Recipes.Json;

namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>Recipes as JSON, as <c>recipe.schema.json</c> describes them.</summary>
internal static class RecipeJson
{
    private const string Equalization = "equalization";
    private const string BiasCorrection = "biasCorrection";
    private const string AdaptiveRounding = "adaptiveRounding";
    private const string Auto = "auto";

    /// <summary>Reads a recipe.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="RecipeException">It is no recipe: everything that is wrong with it.</exception>
    public static Recipe Read(ReadOnlySpan<byte> json, string source)
    {
        List<JsonProblem> problems = [];
        JsonPart? document = JsonPartReader.Read(json, problems);
        Recipe recipe = document is null ? Recipe.Default : Read(document, problems);
        problems.AddRange(RecipeCheck.Problems(recipe));
        return problems.Count == 0 ? recipe with { Source = source } : throw new RecipeException(source, problems);
    }

    /// <summary>Writes a recipe: what differs from the default.</summary>
    public static byte[] Write(Recipe recipe)
    {
        return RecipeWriter.Write(recipe);
    }

    /// <summary>The words for repairs that are listed.</summary>
    public static IReadOnlyList<string> Repairs { get; } = [Equalization, BiasCorrection, AdaptiveRounding];

    private static Recipe Read(JsonPart document, List<JsonProblem> problems)
    {
        ObjectReader reader = new(document, problems);
        _ = reader.Text("$schema");
        SchemeChange change = SchemeReader.Change(reader, problems);
        List<RecipeRule> rules = [.. reader.Array("rules").Select(part => SchemeReader.Rule(part, problems))];
        List<TensorRule> tensors = [.. reader.Array("tensors").Select(part => TensorRuleReader.Run(part, problems)).OfType<TensorRule>()];
        RepairScheme repair = Repair(reader);
        reader.End();
        return new Recipe { Operators = change.Apply(OperatorScheme.Default), Rules = rules, Tensors = tensors, Repair = repair };
    }

    private static RepairScheme Repair(ObjectReader reader)
    {
        JsonPart? part = reader.Part("repair");
        if (part is null || part is { Kind: JsonValueKind.String, Text: Auto })
        {
            return new RepairScheme(Auto: part is not null);
        }

        string allowed = $"\"{Auto}\", or an array of {string.Join(", ", Repairs.Select(repair => $"\"{repair}\""))}";
        if (part.Kind != JsonValueKind.Array)
        {
            reader.Refuse(part, allowed, part.Kind == JsonValueKind.String ? NearMiss.Sentence(part.Text, [Auto]) : "");
            return new RepairScheme();
        }

        foreach (JsonPart element in part.Elements.Where(element => element.Kind != JsonValueKind.String || !Repairs.Contains(element.Text, StringComparer.Ordinal)))
        {
            reader.Refuse(element, allowed, element.Kind == JsonValueKind.String ? NearMiss.Sentence(element.Text, Repairs) : "");
        }

        bool Has(string repair) => part.Elements.Any(element => element.Text == repair);
        return new RepairScheme(Has(Equalization), Has(BiasCorrection), Has(AdaptiveRounding));
    }
}
