namespace GradTorch.LibTorch.Tests;

internal static class Garbage
{
    /// <summary>Collects until finalizers have run, and what they let go of is collected too.</summary>
    internal static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
