using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace EdgeQuant.Boards.Tests;

/// <summary>Runs a property over generated cases from a fixed seed, so that every run tests the same cases.</summary>
internal static class Property
{
    private static readonly Config s_configuration = Config.QuickThrowOnFailure
        .WithMaxTest(100)
        .WithEndSize(400)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20261UL, 4711UL), FSharpOption<int>.None)))
        .WithQuietOnSuccess(true);

    /// <summary>Fails with the shrunk counterexample unless <paramref name="property"/> holds for every case.</summary>
    public static void Holds<T>(Gen<T> cases, Func<T, bool> property)
    {
        Check.One(s_configuration, Prop.ForAll(cases.ToArbitrary(), property));
    }
}
