namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// An operation of front ends, defined on integers, rounding and all: TensorFlow Lite Micro's signal library, and statistics. Numbers of 32 or 64
/// unsigned bits are uint32 and uint64 tensors as they are imported; the pass <see cref="Passes.WordsToIntegers"/> makes int32 of them.
/// </summary>
internal abstract record SignalOperation : Operation;
