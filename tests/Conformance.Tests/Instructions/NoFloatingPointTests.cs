using EdgeQuant.Runtime.Model;
using Mono.Cecil;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Instructions;

/// <summary>The runtime calculates with integers only.</summary>
public sealed class NoFloatingPointTests
{
    [Fact]
    public void TheRuntimeHasNoFloatingPoint()
    {
        using ModuleDefinition runtime = ModuleDefinition.ReadModule(typeof(IModelSource).Assembly.Location);
        List<TypeDefinition> types = [.. runtime.GetTypes()];

        List<Violation> violations = [.. FloatingPointCheck.Check(types)];

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
        Assert.NotEmpty(types.SelectMany(CompiledCode.Instructions));
    }
}
