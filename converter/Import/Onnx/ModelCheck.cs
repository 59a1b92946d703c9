using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>What a model as a whole must be.</summary>
internal static class ModelCheck
{
    /// <summary>Asks for versions that are known, and for a network that is in the file and made for inference.</summary>
    /// <exception cref="UnsupportedNetworkException">It is not: all reasons at once.</exception>
    public static void Run(OnnxModel model)
    {
        Refusal[] refusals = [.. Problems(model).Select(problem => new Refusal("model", [], problem.Reason, problem.Help))];
        if (refusals.Length > 0)
        {
            throw new UnsupportedNetworkException(refusals);
        }
    }

    private static IEnumerable<(string Reason, string Help)> Problems(OnnxModel model)
    {
        long version = model.Versions[""];
        if (version is < 1 or > OnnxImporter.NewestVersion)
        {
            yield return (
                $"It uses the ONNX operators of version {version}; supported are 7 to {OnnxImporter.NewestVersion}, and of older ones what has not changed.",
                "Export it again for such a version (opset_version), or convert it with ONNX's version converter.");
        }

        if (model.HasTraining)
        {
            yield return ("It says how it is trained.", "Export it for inference.");
        }

        if (model.HasFunctions)
        {
            yield return ("It defines operators of its own as functions.", "Export it with ONNX's own operators, or inline the functions (onnx.inliner).");
        }

        if (model.Graph.SparseInitializer.Count > 0)
        {
            yield return ("It has constants that are stored sparsely.", "Store them densely: EdgeQuant compresses weights itself.");
        }
    }
}
