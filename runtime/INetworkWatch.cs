namespace EdgeQuant.Runtime;

/// <summary>
/// Looks on while a network runs: how long each operator takes, what the network reads. Called on the thread that runs the network; it may
/// read inputs and outputs, and do nothing else with the network.
/// </summary>
public interface INetworkWatch
{
    /// <summary>An inference begins: the inputs are there, no operator has run.</summary>
    void Begins();

    /// <summary>An operator has run.</summary>
    /// <param name="index">Its position in the order of execution: 0 to <see cref="Network.OperatorCount"/> - 1.</param>
    void Ran(int index);
}
