using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx.Official;

/// <summary>ONNX's own tests of the operators that the importer claims: a check that no one here wrote.</summary>
public sealed class OfficialTests
{
    public static TheoryData<string> Claimed => [.. OfficialTest.Names().Where(name => OfficialTest.Of(name).NotClaimed.Count == 0)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Claimed))]
    public void A_claimed_operator_gives_what_its_test_says(string name)
    {
        OfficialTest test = OfficialTest.Of(name);

        string? problem = OfficialRun.Problem(test, simplified: false) ?? OfficialRun.Problem(test, simplified: true);

        Assert.True(problem is null, problem);
    }

    [Fact]
    public void What_is_not_claimed_is_written_down()
    {
        Assert.SkipUnless(OfficialTest.Available, OfficialTest.Absent);
        string[] names = [.. OfficialTest.Names()];
        (string Name, IReadOnlyList<string> Reasons)[] left = [.. names.Select(name => (name, OfficialTest.Of(name).NotClaimed)).Where(entry => entry.NotClaimed.Count > 0)];
        string folder = Path.Combine(Repository.Root, "artifacts");
        Directory.CreateDirectory(folder);
        File.WriteAllLines(
            Path.Combine(folder, "onnx-not-claimed.txt"),
            [
                $"Of ONNX's {names.Length} own tests {names.Length - left.Length} are claimed and run. Not claimed, with the number of tests:",
                .. left.SelectMany(entry => entry.Reasons).CountBy(reason => reason).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"  {entry.Key}: {entry.Value}"),
            ]);

        Assert.InRange(names.Length - left.Length, 400, names.Length);
    }
}
