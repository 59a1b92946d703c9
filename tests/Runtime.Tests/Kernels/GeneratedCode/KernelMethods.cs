using System.Reflection;
using System.Runtime.CompilerServices;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;

/// <summary>The methods that hold the kernels' hot loops: those that are compiled with every optimization from the start.</summary>
internal static class KernelMethods
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Type[] s_kernels = Array.FindAll(
        typeof(KernelSet).Assembly.GetTypes(), type => type.Namespace?.StartsWith(typeof(KernelSet).Namespace!, StringComparison.Ordinal) == true);

    /// <summary>Those of all kernel sets.</summary>
    public static IEnumerable<MethodInfo> All => s_kernels.SelectMany(Optimized);

    /// <summary>Those that this process can execute.</summary>
    public static IEnumerable<MethodInfo> Reached => s_kernels.Where(IsReached).SelectMany(Optimized);

    /// <summary>A type's methods that are marked as hot.</summary>
    public static IEnumerable<MethodInfo> Optimized(Type type)
    {
        return type.GetMethods(Declared).Where(method => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization));
    }

    /// <summary>A method with its type, as the compiler of .NET writes it: <c>Type:Method</c>.</summary>
    public static string Name(MethodInfo method)
    {
        return $"{method.DeclaringType!.FullName}:{method.Name}";
    }

    /// <summary>Has the machine code of methods made without calling them.</summary>
    public static void Compile(IEnumerable<MethodInfo> methods)
    {
        foreach (MethodInfo method in methods)
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
    }

    // Types are named after the kernel set that they belong to: Avx2Rows belongs to Avx2Kernels. Those with no set of their own belong to all.
    private static bool IsReached(Type type)
    {
        return Array.TrueForAll(s_kernels, set => !BelongsTo(type, set) || IsSupported(set));
    }

    private static bool BelongsTo(Type type, Type set)
    {
        return set.Name.EndsWith("Kernels", StringComparison.Ordinal) && type.Name.StartsWith(set.Name[..^"Kernels".Length], StringComparison.Ordinal);
    }

    private static bool IsSupported(Type set)
    {
        return set.GetProperty("IsSupported", Declared) is not PropertyInfo property || (bool)property.GetValue(null)!;
    }
}
