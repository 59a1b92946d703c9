namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>The order of a tensor's axes.</summary>
internal enum Layout
{
    /// <summary>As in the graph: channels last where there are pixels.</summary>
    Plain,

    /// <summary>[batch, channels, height, width], as the format's operators on pixels want it; for tensors of four dimensions.</summary>
    ChannelsFirst,
}
