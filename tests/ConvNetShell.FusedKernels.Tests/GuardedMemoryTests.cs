namespace ConvNetShell.FusedKernels.Tests;

public sealed class GuardedMemoryTests
{
    [Fact]
    public void A_guard_page_cannot_be_read()
    {
        foreach (bool isAtEnd in new[] { false, true })
        {
            using var memory = new GuardedMemory(isAtEnd);
            nint first = memory.Allocate(64);

            Assert.True(GuardedMemory.CanRead(first) && GuardedMemory.CanRead(first + 63));
            Assert.False(GuardedMemory.CanRead(isAtEnd ? first + 64 : first - 1));
        }
    }
}
