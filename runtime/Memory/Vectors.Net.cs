// The currency of the operators on .NET: plain spans. Vectors.Nano.cs gives the same names for nanoFramework.
global using Int16Parameters = System.ReadOnlySpan<short>;
global using Int16Vector = System.Span<short>;
global using Int32Parameters = System.ReadOnlySpan<int>;
global using Int32Vector = System.Span<int>;
global using Int64Parameters = System.ReadOnlySpan<long>;
global using Int8Vector = System.Span<sbyte>;
global using ReadOnlyInt16Vector = System.ReadOnlySpan<short>;
global using ReadOnlyInt32Vector = System.ReadOnlySpan<int>;
global using ReadOnlyInt8Vector = System.ReadOnlySpan<sbyte>;
