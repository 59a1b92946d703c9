namespace EdgeQuant.Converter.Boards;

/// <summary>How programs and models get onto a board.</summary>
internal enum BoardDeployment
{
    /// <summary>It is this machine: nothing has to be brought there.</summary>
    None,

    /// <summary>Over SSH.</summary>
    Ssh,

    /// <summary>Flashed through its serial port.</summary>
    Serial,
}
