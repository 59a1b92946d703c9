namespace EdgeQuant.Converter.Boards;

/// <summary>What kind of bus it is.</summary>
internal enum BusKind
{
    I2c,
    Spi,
}
