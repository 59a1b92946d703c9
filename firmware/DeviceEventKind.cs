namespace EdgeQuant.Firmware;

/// <summary>The kinds of <see cref="DeviceEvent"/>; in JSON their names with hyphens (<c>sensor-gone</c>).</summary>
public enum DeviceEventKind
{
    /// <summary>The device reads its sensor and classifies.</summary>
    Started,

    /// <summary>The device has stopped, on request.</summary>
    Stopped,

    /// <summary>All is well: a sign of life, with the number of decisions since the last one.</summary>
    Running,

    /// <summary>The sensor does not answer any more; it is tried again.</summary>
    SensorGone,

    /// <summary>The sensor answers again.</summary>
    SensorBack,

    /// <summary>Samples were lost between the sensor and the program; what the model had heard so far is forgotten.</summary>
    SamplesLost,

    /// <summary>No sample came for a second; what comes then does not join what came before.</summary>
    SamplesLate,

    /// <summary>A channel gives the same value all the time; it is not classified.</summary>
    SamplesStuck,

    /// <summary>A channel stays at the end of its range; it is not classified.</summary>
    SamplesSaturated,

    /// <summary>Samples are good again; they are classified.</summary>
    SamplesGood,

    /// <summary>A new model is in use.</summary>
    ModelSwapped,

    /// <summary>A new model was refused; the old one goes on.</summary>
    ModelRefused,

    /// <summary>A place where decisions go to does not take them; they wait in a queue.</summary>
    OutputFailed,

    /// <summary>It takes them again.</summary>
    OutputBack,

    /// <summary>The queue was full: decisions were dropped.</summary>
    DecisionsDropped,
}
