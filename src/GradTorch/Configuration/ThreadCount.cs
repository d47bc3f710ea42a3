using System.Globalization;

namespace GradTorch.Configuration;

/// <summary>How many CPU threads a run takes: a number, or what suits its size and the machine.</summary>
/// <param name="Number">From 1 to <see cref="Most"/>; null for what suits.</param>
public readonly record struct ThreadCount(int? Number)
{
    /// <summary>How what suits is written.</summary>
    public const string Suiting = "auto";

    public const int Most = 1024;

    public static ThreadCount Auto => new(null);

    /// <summary>As in an experiment: <c>auto</c>, or the number.</summary>
    public override string ToString() => Number?.ToString(CultureInfo.InvariantCulture) ?? Suiting;
}
