using EdgeQuant.Device;

return (int)await DeviceApp.RunAsync(args).ConfigureAwait(false);
