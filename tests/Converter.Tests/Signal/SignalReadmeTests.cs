using System.Text;
using System.Text.RegularExpressions;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Signal;

/// <summary>What the README says of front ends is what is read.</summary>
public sealed class SignalReadmeTests
{
    private static readonly string s_readme = File.ReadAllText(Path.Combine(Repository.Root, "converter", "Signal", "README.md"));

    [Fact]
    public void Every_example_is_a_front_end()
    {
        MatchCollection examples = Regex.Matches(s_readme, "^```json\n(?<json>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

        Assert.True(examples.Count >= 2);
        Assert.All(examples, example => FrontEndReader.Read(Encoding.UTF8.GetBytes(example.Groups["json"].Value), "README.md"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_member_of_every_kind_is_in_the_table(string kind)
    {
        SignalException refused = Assert.Throws<SignalException>(() => FrontEndReader.Read(Encoding.UTF8.GetBytes($$"""{ "kind": "{{kind}}", "?": 0 }"""), "F.json"));
        string known = refused.Message.Split("allowed: ").Last(part => part.Contains("channels", StringComparison.Ordinal));
        string[] members = [.. Regex.Matches(known, @"\b[a-z]\w+", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value).Where(word => word != "schema")];

        Assert.Contains("stride", members);
        Assert.All(members, member => Assert.Matches($@"(?m)^\|.*`{member}`.*\|", s_readme));
        Assert.Contains($"`{kind}`", s_readme, StringComparison.Ordinal);
    }

    public static TheoryData<string> Kinds()
    {
        return [.. EdgeQuant.Converter.Json.Words.Of<FrontEndKind>()];
    }
}
