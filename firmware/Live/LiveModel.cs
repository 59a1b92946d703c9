namespace EdgeQuant.Firmware.Live;

/// <summary>What a live page says of the model beside what the model itself knows.</summary>
/// <param name="Name">What it is called: its file's name.</param>
/// <param name="FrontEnd">The operators of its front end, in the order of execution; none where samples are features.</param>
/// <param name="Network">The operators of its network, in the order of execution.</param>
public sealed record LiveModel(string Name, IReadOnlyList<LiveOperator> FrontEnd, IReadOnlyList<LiveOperator> Network);
