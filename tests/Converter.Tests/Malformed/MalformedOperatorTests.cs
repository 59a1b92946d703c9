using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>TensorFlow Lite files of a single operator, of every kind, damaged: whatever they say, they are refused or converted.</summary>
public sealed class MalformedOperatorTests
{
    private const int MutationsOfAFile = 600;

    public static TheoryData<string> Names =>
        Golden.Available ? new TheoryData<string>(Golden.Operators().Select(golden => golden.Name)) : new TheoryData<string>("");

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_files_are_refused_or_converted(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Mutations.Run(name, Golden.Operators().Single(golden => golden.Name == name).Model, MutationsOfAFile);
    }
}
