using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Models;

/// <summary>Something that a model must agree with on this device: the board, the sensor, the configuration.</summary>
public interface IModelCheck
{
    /// <summary>Checks a model.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="pipeline">The same, loaded.</param>
    /// <exception cref="ModelRefusedException">They do not agree.</exception>
    void Check(byte[] file, Pipeline pipeline);
}
