namespace EdgeQuant.Device;

/// <summary>What the program is asked to do.</summary>
internal enum Verb
{
    /// <summary>To read the sensor and say decisions.</summary>
    Run,

    /// <summary>To check the configuration.</summary>
    CheckConfiguration,

    /// <summary>To check the configuration and the model.</summary>
    SelfTest,

    /// <summary>To say how it is used.</summary>
    Help,

    /// <summary>To say what it is.</summary>
    Version,
}
