namespace GradTorch.Data;

/// <summary>What the network is to say of an example.</summary>
public enum TargetKind
{
    /// <summary>One of several classes: targets (S, B), int64 from 0.</summary>
    Class,

    /// <summary>One of several classes at every timestep: targets (S, T, B), int64 from 0.</summary>
    ClassPerTimestep,

    /// <summary>Real numbers: targets (S, B, outputs).</summary>
    Real,
}

public static class TargetKinds
{
    /// <summary>As part of a sentence.</summary>
    public static string Describe(TargetKind target) => target switch
    {
        TargetKind.Class => "a class",
        TargetKind.ClassPerTimestep => "a class at every timestep",
        _ => "real numbers",
    };
}
