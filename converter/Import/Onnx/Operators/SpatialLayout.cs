namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Where images have their channels.</summary>
internal enum SpatialLayout
{
    /// <summary>[batch, channels, height, width].</summary>
    ChannelsFirst,

    /// <summary>[batch, height, width, channels].</summary>
    ChannelsLast,
}
