namespace EdgeQuant.Firmware;

/// <summary>
/// A place where decisions go to. Both methods are called from the thread that reads the sensor and must return soon, whatever a disk or a network
/// does: what may take time is done by a thread of the sink's own. Disposing of it delivers what is still waiting, as far as that can be done
/// in a bounded time.
/// </summary>
public interface IDecisionSink : IAsyncDisposable
{
    /// <summary>Takes a decision. Allocates nothing.</summary>
    void Emit(in DecisionRecord decision);

    /// <summary>Takes something else that happened. May be called from any thread.</summary>
    void Report(DeviceEvent happening);
}
