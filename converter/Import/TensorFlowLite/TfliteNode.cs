using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>One use of an operator.</summary>
internal sealed class TfliteNode
{
    /// <summary>An index that stands for an operand that is left out.</summary>
    public const int Absent = -1;

    /// <summary>Position in <see cref="TfliteSubgraph.Nodes"/>.</summary>
    public required int Index { get; init; }

    public required TfliteOperatorCode Code { get; init; }

    /// <summary>Indices of tensors; <see cref="Absent"/> for an optional input that is left out.</summary>
    public required ImmutableArray<int> Inputs { get; init; }

    /// <summary>Indices of tensors.</summary>
    public required ImmutableArray<int> Outputs { get; init; }

    /// <summary>Indices of tensors that only describe values inside the operator (the LSTM's gates); <see cref="Absent"/> for none.</summary>
    public required ImmutableArray<int> Intermediates { get; init; }

    /// <summary>The operator's options, the schema's defaults where the file leaves them out; null for an operator without any.</summary>
    public required TfliteOptions? Options { get; init; }

    /// <summary>The member of the schema's union <c>BuiltinOptions</c> in the file; 0 for none.</summary>
    public required byte OptionsType { get; init; }

    /// <summary>The member of the schema's union <c>BuiltinOptions2</c> (StableHLO operators) in the file; 0 for none.</summary>
    public required byte Options2Type { get; init; }

    /// <summary>A custom operator's options in a form of its own; empty if none.</summary>
    public required ReadOnlyMemory<byte> CustomOptions { get; init; }

    /// <summary><see cref="Options"/> of an operator whose options are <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidCastException">The operator's options are of another type.</exception>
    public T OptionsAs<T>()
        where T : TfliteOptions =>
        Options as T ?? throw new InvalidCastException($"{Code.Name} has {Options?.GetType().Name ?? "no options"}, not {typeof(T).Name}.");
}
