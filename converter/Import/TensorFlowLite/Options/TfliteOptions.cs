namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>What an operator has been told besides its tensors.</summary>
internal abstract record TfliteOptions;
