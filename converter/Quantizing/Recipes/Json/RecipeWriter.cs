using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Quantizing.Recipes.Json;

/// <summary>Writes recipes as JSON: what differs from the default, indented, with a line's end at the end.</summary>
internal static class RecipeWriter
{
    /// <summary>The document.</summary>
    public static byte[] Write(Recipe recipe)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            Write(writer, ChangeFromDefault(recipe.Operators));
            WriteRules(writer, recipe.Rules);
            WriteTensors(writer, recipe.Tensors);
            WriteRepair(writer, recipe.Repair);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static SchemeChange ChangeFromDefault(OperatorScheme scheme)
    {
        OperatorScheme none = OperatorScheme.Default;
        T? If<T>(T value, T other)
            where T : struct => value.Equals(other) ? null : value;
        return new SchemeChange
        {
            WeightEncoding = If(scheme.Weights.Encoding, none.Weights.Encoding),
            WeightsPerChannel = If(scheme.Weights.PerChannel, none.Weights.PerChannel),
            WeightsSymmetric = If(scheme.Weights.Symmetric, none.Weights.Symmetric),
            WeightsPowerOfTwo = If(scheme.Weights.PowerOfTwo, none.Weights.PowerOfTwo),
            IndexBits = If(scheme.Weights.IndexBits, none.Weights.IndexBits),
            CodebookMethod = If(scheme.Weights.CodebookMethod, none.Weights.CodebookMethod),
            ActivationType = If(scheme.Activations.Type, none.Activations.Type),
            ActivationsSymmetric = If(scheme.Activations.Symmetric, none.Activations.Symmetric),
            ActivationsPowerOfTwo = If(scheme.Activations.PowerOfTwo, none.Activations.PowerOfTwo),
            CalibrationMethod = If(scheme.Calibration.Method, none.Calibration.Method),
            Percentile = If(scheme.Calibration.Percentile, none.Calibration.Percentile),
            Momentum = If(scheme.Calibration.Momentum, none.Calibration.Momentum),
        };
    }

    private static void Write(Utf8JsonWriter writer, SchemeChange change)
    {
        WriteObject(
            writer,
            "weights",
            ("encoding", Word(change.WeightEncoding)),
            ("perChannel", change.WeightsPerChannel),
            ("symmetric", change.WeightsSymmetric),
            ("powerOfTwo", change.WeightsPowerOfTwo),
            ("indexBits", change.IndexBits),
            ("codebookMethod", Word(change.CodebookMethod)));
        WriteObject(
            writer, "activations", ("type", Word(change.ActivationType)), ("symmetric", change.ActivationsSymmetric), ("powerOfTwo", change.ActivationsPowerOfTwo));
        WriteObject(writer, "calibration", ("method", Word(change.CalibrationMethod)), ("percentile", change.Percentile), ("momentum", change.Momentum));
    }

    private static string? Word<T>(T? value)
        where T : struct, Enum
    {
        return value is T known ? Words.Of(known) : null;
    }

    /// <summary>Writes the members that are not null; no object if all are.</summary>
    private static void WriteObject(Utf8JsonWriter writer, string name, params (string Name, object? Value)[] members)
    {
        if (Array.TrueForAll(members, member => member.Value is null))
        {
            return;
        }

        writer.WriteStartObject(name);
        WriteMembers(writer, members);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, params (string Name, object? Value)[] members)
    {
        foreach ((string name, object? value) in members)
        {
            switch (value)
            {
                case string text: writer.WriteString(name, text); break;
                case bool flag: writer.WriteBoolean(name, flag); break;
                case int whole: writer.WriteNumber(name, whole); break;
                case double number: writer.WriteNumber(name, number); break;
            }
        }
    }

    private static void WriteRules(Utf8JsonWriter writer, IReadOnlyList<RecipeRule> rules)
    {
        if (rules.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("rules");
        foreach (RecipeRule rule in rules)
        {
            writer.WriteStartObject();
            WriteMembers(writer, ("name", rule.Name), ("kind", rule.Kind), ("from", rule.From), ("to", rule.To));
            Write(writer, rule.Change);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTensors(Utf8JsonWriter writer, IReadOnlyList<TensorRule> tensors)
    {
        if (tensors.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tensors");
        foreach (TensorRule rule in tensors)
        {
            writer.WriteStartObject();
            writer.WriteString("name", rule.Name);
            if (rule.Range is (float minimum, float maximum))
            {
                writer.WriteStartArray("range");
                writer.WriteNumberValue(minimum);
                writer.WriteNumberValue(maximum);
                writer.WriteEndArray();
            }
            else if (rule.Calibration is CalibrationScheme calibration)
            {
                WriteObject(
                    writer,
                    "calibration",
                    ("method", Words.Of(calibration.Method)),
                    ("percentile", calibration.Method == CalibrationMethod.Percentile ? calibration.Percentile : null),
                    ("momentum", calibration.Method == CalibrationMethod.MovingAverage ? calibration.Momentum : null));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRepair(Utf8JsonWriter writer, RepairScheme repair)
    {
        if (repair.Auto)
        {
            writer.WriteString("repair", "auto");
            return;
        }

        bool[] flags = [repair.Equalization, repair.BiasCorrection, repair.AdaptiveRounding];
        if (flags.Contains(true))
        {
            writer.WriteStartArray("repair");
            foreach (string word in RecipeJson.Repairs.Where((_, i) => flags[i]))
            {
                writer.WriteStringValue(word);
            }

            writer.WriteEndArray();
        }
    }
}
