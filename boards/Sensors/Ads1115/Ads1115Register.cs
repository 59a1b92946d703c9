namespace EdgeQuant.Boards.Sensors.Ads1115;

/// <summary>Registers of the ADS1115, 16 bits each, big endian (its datasheet, "Register Map").</summary>
internal enum Ads1115Register : byte
{
    Conversion = 0,
    Configuration = 1,
}
