namespace GradTorch.Data;

/// <summary>A random order that follows from a seed, the same on every machine (Fisher and Yates).</summary>
public static class Permutation
{
    /// <summary>Keeps these numbers apart from those that other seeds of an experiment give.</summary>
    private const ulong Stream = 11;

    /// <returns>0 to count − 1, each once.</returns>
    public static long[] Of(long seed, int count)
    {
        var order = new long[count];
        for (var i = 0; i < count; i++)
        {
            var j = (int)(MemberSeed.Mix(unchecked((long)MemberSeed.Mix(seed, Stream)), (ulong)i) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], i);
        }
        return order;
    }
}
