namespace EdgeQuant.Converter.Boards;

/// <summary>The memory of a board, in bytes.</summary>
/// <param name="Flash">Room for a model file where programs lie.</param>
/// <param name="Ram">What is free for a program and its models.</param>
/// <param name="LargestBlock">The largest piece of it that can be had at once.</param>
internal sealed record BoardMemory(long Flash, long Ram, long LargestBlock);
