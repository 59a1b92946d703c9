// The currency of the operators on nanoFramework, which has neither Span nor generics. Vectors.Net.cs gives the same names for .NET.
// A view that is only read is the same struct: reading through it costs the same, and the compiler of the .NET side already checks that nothing is written.
// Parameters are constants, decoded into arrays of their own when a model loads.
global using Int16Parameters = short[];
global using Int16Vector = EdgeQuant.Runtime.Memory.Int16Vector;
global using Int32Parameters = int[];
global using Int32Vector = EdgeQuant.Runtime.Memory.Int32Vector;
global using Int64Parameters = long[];
global using Int8Vector = EdgeQuant.Runtime.Memory.Int8Vector;
global using ReadOnlyInt16Vector = EdgeQuant.Runtime.Memory.Int16Vector;
global using ReadOnlyInt32Vector = EdgeQuant.Runtime.Memory.Int32Vector;
global using ReadOnlyInt8Vector = EdgeQuant.Runtime.Memory.Int8Vector;
