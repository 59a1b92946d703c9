namespace EdgeQuant.Device;

/// <summary>What the program ends with; the numbers are those of the edgequant tool.</summary>
internal enum ExitCode
{
    /// <summary>Done, or ended on request.</summary>
    Done = 0,

    /// <summary>The command line is wrong.</summary>
    WrongUsage = 2,

    /// <summary>The configuration, the model or a recording cannot be used.</summary>
    BadInput = 3,

    /// <summary>The sensor or a pin does not work.</summary>
    DeviceFailed = 5,
}
