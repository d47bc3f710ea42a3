using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>
/// Resolves all that an experiment has to train, and says all that is wrong with it: the experiment itself or its variants, each with
/// every cell of its grid.
/// </summary>
/// <param name="resolve">Resolves a variant of the file, or the file itself, in a cell of its grid or as a whole.</param>
internal sealed class StudyResolver(Func<string?, GridCell?, Resolution> resolve)
{
    private const int MostRuns = 10_000;

    /// <exception cref="ConfigurationException">Anything is wrong.</exception>
    public Experiment Resolve()
    {
        Resolution shared = resolve(null, null);
        string?[] names = shared.VariantNames.Count == 0 ? [null] : [.. shared.VariantNames];
        RequireFew(names.Length, shared);
        var cells = GridCell.Of(shared.Grid);
        Part[] parts =
        [
            .. names.Select(name =>
            {
                Resolution whole = name is null ? shared : resolve(name, null);
                return new Part(name, whole, cells.Count == 0 ? [whole] : [.. cells.Select(cell => resolve(name, cell))]);
            }),
        ];
        GridKey[] keys = [.. shared.Grid.Select(list => list.Key)];
        string?[] runs = cells.Count == 0 ? names : [.. GridNames.Of(names, keys)];
        Refuse(shared, parts, runs);
        var variants = runs.Zip(parts.SelectMany(part => part.Runs), (name, run) => (Name: name, run.Experiment)).Select((run, index) =>
            new StudyVariant(run.Name!, run.Experiment) { Grid = cells.Count == 0 ? [] : cells[index % cells.Count].Values });
        return shared.Experiment with { Study = new StudySection { Variants = new([.. runs is [null] ? [] : variants]), Grid = [.. keys] } };
    }

    private static void RequireFew(int variants, Resolution shared)
    {
        if (shared.Grid.Aggregate((long)variants, (count, list) => Math.Min(count, int.MaxValue) * list.Values.Count) <= MostRuns
            || shared.Grid.Count == 0)
        {
            return;
        }

        GridList first = shared.Grid[0];
        string lengths = string.Join(" × ", shared.Grid.Select(list => FormattableString.Invariant($"{list.Values.Count}")));
        string each = variants == 1 ? "" : FormattableString.Invariant($" of each of {variants} variants");
        throw new ConfigurationException(
        [
            .. shared.Errors.Select(found => found.Error),
            first.Setting.Error(
                first.Setting.Path, FormattableString.Invariant($"the lists make {lengths} runs{each}; allowed: up to {MostRuns} in all")),
        ]);
    }

    private static void Refuse(Resolution shared, Part[] parts, string?[] names)
    {
        var unused = UnusedBy(parts.SelectMany(part => part.Runs));
        var ofShared = parts is [{ Name: null } only] ? ErrorsOf(only, unused) : ErrorsOf(shared, unused, unused);

        // Variants and cells see what the file, the environment and the command line say again: an error of these is one error.
        var known = new HashSet<(int, ConfigurationError)>(ofShared);
        var found = new List<(string Name, (int Rank, ConfigurationError Error) Error)>();
        foreach (Part part in parts)
        {
            var ofPart = ErrorsOf(part, unused).Except(ofShared).ToList();
            found.AddRange(ofPart.Select(error => (part.Name!, error)));
            known.UnionWith(ofPart);
        }

        var ofRuns = parts.SelectMany(part => part.Runs.Select(run => ErrorsOf(run, part.Unused, unused)));
        found.AddRange(names.Zip(ofRuns).SelectMany(run => run.Second.Where(error => !known.Contains(error)), (run, error) => (run.First!, error)));
        ConfigurationError[] errors =
        [
            .. ofShared.Concat(found.GroupBy(one => one.Error.Rank).SelectMany(
                    rank => VariantErrors.Merge(rank.Select(one => (one.Name, one.Error.Error))).Select(error => (Rank: rank.Key, Error: error))))
                .OrderBy(one => one.Rank).ThenBy(one => one.Error.Line ?? 0)
                .Select(one => one.Error)
                .Distinct(),
        ];
        if (errors.Length > 0)
        {
            throw new ConfigurationException(errors);
        }
    }

    /// <summary>Those of a variant as a whole, and those that all its cells have.</summary>
    private static (int Rank, ConfigurationError Error)[] ErrorsOf(Part part, HashSet<Field> unused) =>
    [
        .. ErrorsOf(part.Whole, part.Unused, unused)
            .Union(part.Runs.Select(run => ErrorsOf(run, part.Unused, unused)).Aggregate((first, second) => [.. first.Intersect(second)])),
    ];

    /// <summary>A key that is given for all variants need not have a use beside the kinds of each.</summary>
    /// <param name="ofVariant">Keys that nothing that is trained of the variant has a use for.</param>
    /// <param name="ofAll">Keys that nothing at all has a use for.</param>
    private static (int Rank, ConfigurationError Error)[] ErrorsOf(
        Resolution resolution, HashSet<Field> ofVariant, HashSet<Field> ofAll) =>
    [
        .. resolution.Errors,
        .. resolution.Unused.Where(key => ofVariant.Contains(key.Key)).SelectMany(key => key.Value[true]),
        .. resolution.Unused.Where(key => ofAll.Contains(key.Key)).SelectMany(key => key.Value[false]),
    ];

    private static HashSet<Field> UnusedBy(IEnumerable<Resolution> runs) =>
        runs.Select(run => run.Unused.Keys.ToHashSet()).Aggregate((first, second) =>
        {
            first.IntersectWith(second);
            return first;
        });

    /// <summary>A variant, or the file itself, and what is trained of it: itself, or the cells of a grid.</summary>
    private sealed record Part(string? Name, Resolution Whole, Resolution[] Runs)
    {
        /// <summary>Keys that none of the runs has a use for.</summary>
        public HashSet<Field> Unused { get; } = UnusedBy(Runs);
    }
}
