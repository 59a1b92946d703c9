namespace EdgeQuant.Converter.Report;

/// <summary>What a kernel set takes beside the file when a model is loaded with it.</summary>
/// <param name="Kernels">The kernel set.</param>
/// <param name="HeldBytes">What its kernels hold beside file, arena and state, so that they are faster: most of all weights in another order.</param>
/// <param name="LoadBytes">Everything that the runtime allocates when it loads the file, arena and state included, and what loading needs for a moment; measured.</param>
internal sealed record MemoryReport(string Kernels, long HeldBytes, long LoadBytes);
