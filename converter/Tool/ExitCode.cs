namespace EdgeQuant.Tool;

/// <summary>What the process says when it ends. Scripts rely on the numbers.</summary>
internal enum ExitCode
{
    /// <summary>What was asked is done.</summary>
    Done = 0,

    /// <summary>A check failed: outputs differ, a self-test fails.</summary>
    CheckFailed = 1,

    /// <summary>The command line is wrong.</summary>
    WrongUsage = 2,

    /// <summary>A file cannot be read or written, is malformed, or is a model that does not suit the sensor.</summary>
    BadFile = 3,

    /// <summary>The model is well formed and cannot be supported.</summary>
    UnsupportedModel = 4,

    /// <summary>A device or a connection failed.</summary>
    DeviceFailed = 5,

    /// <summary>A defect of the tool itself.</summary>
    Defect = 70,

    /// <summary>Stopped by Ctrl-C or a request to terminate, as shells report it.</summary>
    Interrupted = 130,
}
