namespace EdgeQuant.Firmware.Deploy;

/// <summary>Why a deployment failed.</summary>
public enum DeployFailure
{
    /// <summary>The device cannot be reached, or the connection was cut.</summary>
    Connection,

    /// <summary>The device is not known, or is not the one that is known under its name.</summary>
    HostKey,

    /// <summary>The device does not accept the user's key.</summary>
    Permission,

    /// <summary>The device has too little space.</summary>
    Space,

    /// <summary>Somebody else is deploying to the device.</summary>
    Busy,

    /// <summary>The model's self-test failed on the device.</summary>
    SelfTest,

    /// <summary>No labels came from the new release; the one before runs again.</summary>
    NoLabels,

    /// <summary>What was given cannot be deployed to this device.</summary>
    Unsuitable,

    /// <summary>Something else on the device failed.</summary>
    Device,
}
