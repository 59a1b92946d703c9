using System.Reflection;
using Mono.Cecil;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>What the declaration-only core library declares, .NET has too; else the nano assembly could not run in tests.</summary>
public sealed class NanoCoreLibraryTests
{
    [Fact]
    public void Its_version_is_one_that_the_facade_of_dotnet_stands_in_for()
    {
        using ModuleDefinition coreLibrary = NanoFiles.ReadCoreLibrary();

        Assert.Equal("mscorlib", coreLibrary.Assembly.Name.Name);
        Assert.Equal("v4.0.30319", coreLibrary.RuntimeVersion);
        Assert.True(coreLibrary.Assembly.Name.Version < Facade.GetName().Version);
    }

    [Fact]
    public void It_refers_to_nothing()
    {
        using ModuleDefinition coreLibrary = NanoFiles.ReadCoreLibrary();

        Assert.Empty(coreLibrary.AssemblyReferences);
    }

    [Fact]
    public void Each_of_its_members_is_in_dotnet()
    {
        using ModuleDefinition coreLibrary = NanoFiles.ReadCoreLibrary();
        IEnumerable<TypeDefinition> types = coreLibrary.Types.Where(type => type.IsPublic);

        Assert.NotEmpty(types);
        Assert.All(types, type => AssertMembers(type, Facade.GetType(type.FullName, throwOnError: true)!));
    }

    [Fact]
    public void It_has_no_floating_point_type()
    {
        using ModuleDefinition coreLibrary = NanoFiles.ReadCoreLibrary();

        Assert.Null(coreLibrary.GetType("System.Single"));
        Assert.Null(coreLibrary.GetType("System.Double"));
    }

    private static Assembly Facade => Assembly.Load("mscorlib");

    private static void AssertMembers(TypeDefinition declared, Type actual)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        HashSet<string> members =
        [
            .. actual.GetFields(All).Select(field => $"{field.FieldType.FullName} {field.Name}"),
            .. actual.GetConstructors(All).Select(constructor => Signature("System.Void", constructor)),
            .. actual.GetMethods(All).Select(method => Signature(method.ReturnType.FullName!, method)),
        ];

        IEnumerable<string> fields = declared.Fields
            .Where(field => field.IsPublic && !field.IsSpecialName)
            .Select(field => $"{TypeName(field.FieldType)} {field.Name}");
        IEnumerable<string> methods = declared.Methods
            .Where(method => (method.IsPublic || method.IsFamily) && !(declared.IsAbstract && method.IsConstructor))
            .Select(method => $"{TypeName(method.ReturnType)} {method.Name}({string.Join(',', method.Parameters.Select(parameter => TypeName(parameter.ParameterType)))})");

        Assert.All(fields.Concat(methods), member => Assert.Contains(member, members));
    }

    private static string Signature(string returned, MethodBase method)
        => $"{returned} {method.Name}({string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.FullName))})";

    private static string TypeName(TypeReference type) => type.FullName.Replace('/', '+');
}
