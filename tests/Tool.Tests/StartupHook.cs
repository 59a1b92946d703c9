#pragma warning disable MA0047, CA1050, CA1812 // .NET looks for this very class where DOTNET_STARTUP_HOOKS names the assembly.

/// <summary>Lets the tool's process say, when it ends, which assemblies it has loaded.</summary>
internal sealed class StartupHook
{
    public static void Initialize()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.Error.WriteLine(string.Join(' ', AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name)));
    }
}
