using EdgeQuant.Conformance.Tests.Instructions;
using Mono.Cecil;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>
/// Finds tables that outgrow their 16-bit offsets. The metadata processor does not notice: the offsets wrap around, and the device reads the
/// wrong bytes.
/// </summary>
internal static class NanoTableCheck
{
    // Byte code is counted exactly. The other two leave some room for what is not counted: attributes, and strings that every device knows.
    private const int LargestByteCode = ushort.MaxValue;
    private const int LargestTable = 60 * 1024;

    public static IEnumerable<Violation> Check(IReadOnlyCollection<TypeDefinition> types)
        => from table in new (string What, int Found, int Most)[]
           {
               ("byte code", NanoSizes.ByteCode(types), LargestByteCode),
               ("initial array data and signatures", NanoSizes.DataAndSignatures(types), LargestTable),
               ("names and strings", NanoSizes.Strings(types), LargestTable),
           }
           where table.Found > table.Most
           select new Violation(Rule.TableSize, table.What, $"{table.Found} bytes, at most {table.Most}");
}
