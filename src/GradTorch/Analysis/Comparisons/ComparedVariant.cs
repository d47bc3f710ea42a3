using GradTorch.Analysis.Verdicts;
using GradTorch.Runs;

namespace GradTorch.Analysis.Comparisons;

/// <summary>What is compared: the members of a run, or those of them that have the same varied values.</summary>
/// <param name="Name">Of its variant or experiment, with the values that set it apart from others of its run.</param>
/// <param name="Config">Of its run.</param>
/// <param name="Start">Of its run.</param>
/// <param name="Elapsed">From the start of its run to its end; null while it goes on, and for ever if it was killed.</param>
/// <param name="Members">In the order of the run.</param>
public sealed record ComparedVariant(
    string Name, string Directory, RunConfig Config, string DataChecksum, DateTimeOffset Start, TimeSpan? Elapsed, IReadOnlyList<ComparedMember> Members)
{
    /// <summary>The way along which its gradients are judged; null if none were recorded.</summary>
    public GradientRoute? Route { get; private init; }

    /// <summary>By what they are; null if none were recorded.</summary>
    public GradientLimits? Limits { get; private init; }

    /// <summary>What became of its run.</summary>
    public RunStatus Status { get; private init; }

    /// <summary>The last step that its run recorded anything of; null if it did not.</summary>
    public long? LastStep { get; private init; }

    /// <summary>What made its run fail; null if nothing did.</summary>
    public string? Error { get; private init; }

    /// <summary>Steps of the members that did all of them; null where none did.</summary>
    public long? Steps => Members.Where(member => member.Status == MemberStatus.Finished).Max(member => member.Step);

    public int Diverged => Members.Count(member => member.Diverged);

    public int Unfinished => Members.Count(member => member.Unfinished);

    /// <summary>A run's variants: one, or one for each combination of what its members vary.</summary>
    /// <exception cref="RunException">The run can't be read.</exception>
    public static IReadOnlyList<ComparedVariant> Read(RunDirectory directory, ComparedTarget? target = null) =>
        Of(directory, RunSummary.Read(directory), target);

    /// <summary>The same of a run that was read already.</summary>
    /// <exception cref="RunException">The run's manifest or configuration can't be read.</exception>
    public static IReadOnlyList<ComparedVariant> Of(RunDirectory directory, RunSummary summary, ComparedTarget? target = null)
    {
        var ((manifest, status), config) = (directory.ReadStatus(DateTimeOffset.UtcNow), directory.ReadConfig());
        return
        [
            .. summary.Groups.Select(group => new ComparedVariant(
                NameOf(manifest, summary, group), directory.Path, config, manifest.DataChecksum, manifest.Start, manifest.End is { } end ? manifest.ElapsedAt(end) : null,
                [.. group.Members.Select(member => ComparedMember.Of(member, summary.Verdicts, target))])
            {
                Route = summary.Verdicts?.Route, Limits = summary.Verdicts?.Limits,
                Status = status, LastStep = summary.LastStep, Error = manifest.Error,
            }),
        ];
    }

    /// <summary>About how long so many steps took, at the run's mean pace.</summary>
    public double? Seconds(double? steps) =>
        Elapsed?.TotalSeconds * steps / Members.Max(member => member.Step);

    /// <summary>With the folders of their runs in the names of those that would have the same.</summary>
    public static IReadOnlyList<ComparedVariant> Distinguish(IReadOnlyList<ComparedVariant> variants)
    {
        var alike = variants.CountBy(variant => variant.Name).Where(name => name.Value > 1).Select(name => name.Key).ToHashSet();
        return
        [
            .. variants.Select(variant => alike.Contains(variant.Name)
                ? variant with { Name = $"{variant.Name} ({Path.GetRelativePath(".", variant.Directory)})" }
                : variant),
        ];
    }

    private static string NameOf(RunManifest manifest, RunSummary summary, MemberGroup group)
    {
        var own = summary.Varied.Zip(group.Values).Select(value => FormattableString.Invariant($"{value.First.Column} {value.Second}"));
        return string.Join(", ", own.Prepend(manifest.Variant ?? manifest.Name));
    }
}
