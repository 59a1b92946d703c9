namespace EdgeQuant.Firmware.Models;

/// <summary>Why a model is not used.</summary>
public enum ModelRefusal
{
    /// <summary>The file is not there or cannot be read.</summary>
    Unreadable,

    /// <summary>The file is damaged, not complete, or not a model with a front end and labels.</summary>
    Damaged,

    /// <summary>This machine does not compute what the model's maker did.</summary>
    SelfTestFailed,

    /// <summary>The file was made for another board.</summary>
    OtherBoard,

    /// <summary>The sensor does not give what the model takes.</summary>
    OtherSensor,

    /// <summary>The configuration names labels that the model does not have.</summary>
    OtherLabels,
}
