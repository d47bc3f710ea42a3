using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Runs;
using Microsoft.Extensions.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>All that an experiment has to train, one run after another: itself, or its variants.</summary>
/// <param name="Grid">What the variants were crossed with; empty without a grid.</param>
public sealed record StudyPlan(string Name, IReadOnlyList<PlannedRun> Runs, IReadOnlyList<GridKey> Grid)
{
    /// <exception cref="ConfigurationException">A run can't be planned; it holds what is wrong with all of them.</exception>
    public static StudyPlan Of(Experiment experiment)
    {
        var variants = experiment.Study.Variants.All;
        RefuseSharedFolders(variants);
        (VariantPlace? Variant, Experiment Experiment)[] runs = variants.Count == 0
            ? [(null, experiment)]
            :
            [
                .. variants.Select((variant, index) => (
                    new VariantPlace(variant.Name, index + 1, variants.Count) { Grid = variant.Grid }, variant.Experiment)),
            ];
        return new StudyPlan(experiment.Name, Collect(
            runs, run => run.Variant, run => new PlannedRun(run.Variant, run.Experiment, ExperimentPlan.Of(run.Experiment))),
            experiment.Study.Grid);
    }

    /// <summary>The plan of one variant alone.</summary>
    /// <exception cref="KeyNotFoundException">There is no variant of that name.</exception>
    public StudyPlan Only(string variant) => this with
    {
        Runs =
        [
            Runs.FirstOrDefault(run => run.Variant?.Name == variant) is { Variant: { } place } found
                ? found with { Variant = place with { Number = 1, Count = 1 } }
                : throw new KeyNotFoundException($"'{variant}' is not a variant"),
        ],
    };

    /// <summary>Looks for the devices of all runs and their memory, which needs libtorch, so that no run is refused when others
    /// are trained.</summary>
    /// <exception cref="ConfigurationException">A run asks for a device that is not there, or for more memory than it has.
    /// </exception>
    public void RequireDevices() => Collect(Runs, run => run.Variant, run =>
    {
        var device = DeviceChoice.Of(run.Experiment);
        MemoryLimit.Require(run.Plan.MemoryBytes, device, run.Experiment);
        return device;
    });

    /// <summary>Reads the files of the runs after the first, which reads its own at once, so that no file is found to be wrong when
    /// other runs are trained.</summary>
    /// <param name="announce">Told, in a sentence, of each file that is downloaded.</param>
    /// <exception cref="DataException">Data can't be found, downloaded or used.</exception>
    public void RequireData(Action<string>? announce)
    {
        var read = new HashSet<DataSection> { Runs[0].Experiment.Data };
        foreach (var section in Runs.Select(run => run.Experiment.Data))
        {
            var source = DataSourceRegistry.Find(section.Source);
            if (!source.Options.Contains("path") || !read.Add(section)) continue;
            using var data = source.Load(section, new DataTarget(float32, CPU, announce));
        }
    }

    /// <summary>Makes something of each run, and says at once what is wrong with any.</summary>
    private static List<T> Collect<TRun, T>(IEnumerable<TRun> runs, Func<TRun, VariantPlace?> variantOf, Func<TRun, T> make)
    {
        var (made, errors) = (new List<T>(), new List<(VariantPlace? Variant, ConfigurationError Error)>());
        foreach (var run in runs)
        {
            try
            {
                made.Add(make(run));
            }
            catch (ConfigurationException exception)
            {
                errors.AddRange(exception.Errors.Select(error => (variantOf(run), error)));
            }
        }
        if (errors.Count == 0) return made;
        var ofCells = errors.Where(found => found.Variant is { Grid.Count: > 0 }).ToList();
        throw new ConfigurationException(
        [
            .. errors.Except(ofCells).Select(found => found.Error with { Path = PathOf(found.Variant?.Name, found.Error.Path) }),
            .. VariantErrors.Merge(ofCells.Select(found => (found.Variant!.Name, found.Error))),
        ]);
    }

    private static string PathOf(string? variant, params string[] path) =>
        ConfigurationPath.Combine((variant is null ? path : ["study", "variants", variant, .. path]).Where(key => key.Length > 0));

    /// <summary>Names that differ in what no folder can hold would mix their runs.</summary>
    private static void RefuseSharedFolders(IReadOnlyList<StudyVariant> variants)
    {
        var shared = variants.GroupBy(variant => RunFolderName.Of(variant.Name), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(folder => folder.Count() > 1);
        if (shared is not null)
        {
            throw ExperimentPlan.Refusal(
                PathOf(shared.Last().Name),
                $"its runs would share the folder '{shared.Key}' with those of '{shared.First().Name}'; allowed: names that differ in letters or digits");
        }
    }
}

/// <summary>One run of a study.</summary>
/// <param name="Variant">Null where the experiment has no variants.</param>
public sealed record PlannedRun(VariantPlace? Variant, Experiment Experiment, ExperimentPlan Plan);
