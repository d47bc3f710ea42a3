namespace GradTorch.Theory;

/// <summary>What a deep network at initialisation does to two inputs that are nearly the same.</summary>
public enum Phase
{
    /// <summary>They become the same: the correlation map has a slope below 1 at c = 1.</summary>
    Ordered,

    /// <summary>In between, within <see cref="MeanField.CriticalWidth"/>.</summary>
    Critical,

    /// <summary>They become unlike: a slope above 1.</summary>
    Chaotic,
}
