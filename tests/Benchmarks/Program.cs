using EdgeQuant.Benchmarks;

return args is [FirstInference.Command, string model, string threads] ? FirstInference.Report(model, threads) : BenchmarksCommand.Run(args);
