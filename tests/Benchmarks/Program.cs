using EdgeQuant.Benchmarks;

return args is [FirstInference.Command, string model] ? FirstInference.Report(model) : BenchmarksCommand.Run(args);
