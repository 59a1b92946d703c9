namespace EdgeQuant.Converter.Graph;

/// <summary>The element types that trained networks come with. The device knows fewer (<see cref="Runtime.Model.ElementType"/>).</summary>
internal enum DataType
{
    Float32,
    Float16,
    Float64,
    Int4,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Bool,
    String,
    Complex,
    Resource,
}
