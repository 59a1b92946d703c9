using System.Reflection;

namespace EdgeQuant.Conformance.Tests.Nano;

/// <summary>A network loaded by the runtime that is compiled for nanoFramework: its reader, its operators, its kernels, executed by .NET.</summary>
internal sealed class NanoNetwork
{
    private readonly Action<int, sbyte[]> _setInput;
    private readonly Action<int, sbyte[]> _getOutput;
    private readonly Action _invoke;
    private readonly Action _reset;
    private readonly Func<int> _selfTest;

    private NanoNetwork(object network)
    {
        _setInput = Bind<Action<int, sbyte[]>>(network, "SetInput");
        _getOutput = Bind<Action<int, sbyte[]>>(network, "GetOutput");
        _invoke = Bind<Action>(network, "Invoke");
        _reset = Bind<Action>(network, "Reset");
        _selfTest = Bind<Func<int>>(network, "SelfTest");
    }

    /// <summary>Loads a file through the runtime's own array source.</summary>
    public static NanoNetwork Load(byte[] file)
    {
        object source = Activator.CreateInstance(NanoRuntime.Type("Model.ByteArraySource"), file)!;
        MethodInfo load = NanoRuntime.Type("Network").GetMethod("Load", [NanoRuntime.Type("Model.IModelSource")])!;
        try
        {
            return new NanoNetwork(load.Invoke(null, [source])!);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            throw new InvalidOperationException(exception.InnerException.Message, exception.InnerException);
        }
    }

    public void SetInput(int index, sbyte[] values)
    {
        _setInput(index, values);
    }

    public void GetOutput(int index, sbyte[] values)
    {
        _getOutput(index, values);
    }

    public void Invoke()
    {
        _invoke();
    }

    public void Reset()
    {
        _reset();
    }

    public int SelfTest()
    {
        return _selfTest();
    }

    private static T Bind<T>(object network, string method)
        where T : Delegate
    {
        return network.GetType().GetMethod(method)!.CreateDelegate<T>(network);
    }
}
