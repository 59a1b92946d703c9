using System.Reflection;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>The nano assembly runs on .NET, so that all else can be tested on it.</summary>
public sealed class NanoLoadTests
{
    [Fact]
    public void Every_type_loads_and_is_not_the_one_of_the_dotnet_build()
    {
        Type[] types = NanoRuntime.Assembly.GetTypes();

        Assert.NotEmpty(types);
        Assert.NotSame(typeof(Runtime.Model.ByteArraySource), NanoRuntime.Type("Model.ByteArraySource"));
    }

    [Fact]
    public void Every_method_compiles_against_the_libraries_of_dotnet()
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        IEnumerable<MethodBase> methods = NanoRuntime.Assembly.GetTypes()
            .SelectMany(type => type.GetMembers(Declared))
            .OfType<MethodBase>()
            .Where(method => method.GetMethodBody() is not null);

        Assert.NotEmpty(methods);
        Assert.All(methods, method => System.Runtime.CompilerServices.RuntimeHelpers.PrepareMethod(method.MethodHandle));
    }

    [Fact]
    public void A_source_copies_the_bytes_that_are_asked_for()
    {
        byte[] file = [10, 11, 12, 13, 14];
        byte[] buffer = new byte[4];
        Type type = NanoRuntime.Type("Model.ByteArraySource");
        object source = Activator.CreateInstance(type, file)!;

        type.GetMethod("Read")!.Invoke(source, [2, buffer, 1, 3]);

        Assert.Equal([0, 12, 13, 14], buffer);
        Assert.Equal(5, type.GetProperty("Length")!.GetValue(source));
    }
}
