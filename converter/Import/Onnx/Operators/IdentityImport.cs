using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.Onnx.Reading;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Operators that change no value, or only its type.</summary>
internal static class IdentityImport
{
    public static void Identity(ImportContext context)
    {
        context.Give(context.Input(0));
    }

    /// <summary>For inference: everything stays.</summary>
    public static void Dropout(ImportContext context)
    {
        const int TrainingMode = 2;
        context.RequireVersion(7);
        context.Attributes.Ignore("ratio", "seed");
        if (context.OptionalInput(TrainingMode) is Tensor training && ConstantReader.ConstantLongs(training) is not [0])
        {
            throw ImportContext.Refused("It may drop elements, as in training.", "Export the network for inference.");
        }

        context.Give(context.Input(0));
        if (context.Wants(1))
        {
            context.Give(1, context.Graph.Add(
                new Fill(), DataType.Bool, context.Input(0).Shape, null, context.Graph.Integers(DataType.Bool, [], 1)));
        }
    }

    public static void Cast(ImportContext context)
    {
        int to = (int)context.Attributes.Int("to", 0);
        Cast(context, TensorBytes.TypeOf(to) ?? throw ImportContext.Refused($"It casts to {TensorBytes.NameOf(to)}, which is not supported.", "Replace it in the source network."));
    }

    /// <summary>Data in the type of another tensor.</summary>
    public static void CastLike(ImportContext context)
    {
        Cast(context, context.Input(1).Type);
    }

    private static void Cast(ImportContext context, DataType type)
    {
        Tensor data = context.Input(0);
        context.Attributes.Ignore("saturate");
        context.Give(type == data.Type ? data : context.Graph.Add(new Cast(), type, data.Shape, data));
    }
}
