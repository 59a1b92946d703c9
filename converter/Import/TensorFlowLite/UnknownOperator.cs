using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>Refuses operators that the table of supported ones does not have, with what helps for their kind.</summary>
internal static class UnknownOperator
{
    /// <summary>Refuses the operator.</summary>
    /// <returns>Null, to be returned in place of an operation.</returns>
    public static Operation? Refuse(ImportContext context)
    {
        TfliteOperatorCode code = context.Node.Code;
        return code.Operator switch
        {
            TfliteOperator.CUSTOM when code.CustomName is null => context.Refuse("It is a custom operator without a name.", "Convert the source network without custom operators."),
            TfliteOperator.CUSTOM when code.CustomName.StartsWith("Flex", StringComparison.Ordinal) => context.Refuse(
                $"It is TensorFlow's own operator '{code.CustomName["Flex".Length..]}' (Flex delegate), which only TensorFlow can execute.",
                "Convert the source network with built-in TensorFlow Lite operators only (TFLITE_BUILTINS_INT8)."),
            TfliteOperator.CUSTOM => context.Refuse(
                $"It is the custom operator '{code.CustomName}'; custom operators are not supported.", "Replace it by built-in operators, or let the application do its work."),
            TfliteOperator.IF or TfliteOperator.WHILE or TfliteOperator.CALL => context.Refuse(
                "It is control flow: what is executed would depend on values.", "Unroll the loop, or make the condition a constant, in the source network."),
            _ when code.Operator.ToString().StartsWith("STABLEHLO_", StringComparison.Ordinal) => context.Refuse(
                "It is a StableHLO operator.", "Convert the source network to TensorFlow Lite's own operators."),
            _ => context.Refuse("The operator is not supported.", "Replace it in the source network."),
        };
    }
}
