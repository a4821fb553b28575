using System.Runtime.CompilerServices;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Direct;
using ConvNetShell.Core.Tests.Interop;
using ConvNetShell.FusedKernels.Direct;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>How long what computes a network outside of training is kept.</summary>
public sealed class DirectCacheTests
{
    [Fact]
    public void It_stays_over_garbage_collections_until_it_was_not_used_for_a_while()
    {
        Assert.SkipUnless(DirectProgram.IsSupported, "the processor has no AVX-512, so that libtorch computes");
        using Network network = SampleNetworks.Make("conv3x3x8 relu fc4", 3, 8, 8);
        var time = new SettableTime();
        var cache = new DirectCache(network.InputShape, network.OutputShape, network.ExecutionOrder, time);

        WeakReference<DirectForward> made = Get(cache);
        Collect();
        Assert.True(IsHeld(made));
        time.Elapsed += DirectCache.Stay / 2;
        Assert.True(IsUsed(cache, made));
        time.Elapsed += DirectCache.Stay / 2 + TimeSpan.FromSeconds(1);
        Collect();
        Assert.True(IsHeld(made));

        time.Elapsed += DirectCache.Stay;
        Collect();
        Assert.False(IsHeld(made));

        made = Get(cache); // and so again
        Collect();
        Assert.True(IsHeld(made));
        time.Elapsed += 2 * DirectCache.Stay;
        Collect();
        Assert.False(IsHeld(made));
        GC.KeepAlive(cache);
    }

    [Fact]
    public void A_cache_that_nobody_has_is_collected_with_what_it_keeps()
    {
        Assert.SkipUnless(DirectProgram.IsSupported, "the processor has no AVX-512, so that libtorch computes");
        using Network network = SampleNetworks.Make("conv3x3x8 relu fc4", 3, 8, 8);

        WeakReference<DirectForward> made = OfItsOwn(network);
        Collect();

        Assert.False(IsHeld(made));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<DirectForward> OfItsOwn(Network network) =>
        Get(new DirectCache(network.InputShape, network.OutputShape, network.ExecutionOrder, new SettableTime()));

    // no reference may stay in a register of the test
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<DirectForward> Get(DirectCache cache) => new(cache.Get()!);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsUsed(DirectCache cache, WeakReference<DirectForward> made) =>
        made.TryGetTarget(out DirectForward? known) && ReferenceEquals(known, cache.Get());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsHeld(WeakReference<DirectForward> made) => made.TryGetTarget(out _);

    private static void Collect()
    {
        for (int i = 0; i < 3; i++) // what a finalizer lets go of is collected by the next one
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
