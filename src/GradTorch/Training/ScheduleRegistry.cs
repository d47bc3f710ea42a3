using GradTorch.Configuration;

namespace GradTorch.Training;

/// <summary>The schedules of learning rates that an experiment can name.</summary>
[RegistryOf("a schedule")]
public static class ScheduleRegistry
{
    public static IReadOnlyList<ScheduleEntry> All { get; } =
    [
        new("constant", "η_t = η", "torch.optim.lr_scheduler.ConstantLR, factor 1", [],
            (_, rates, _) => new ConstantSchedule(rates)),
        new("step", "η_t = η γ^⌊t/k⌋", "torch.optim.lr_scheduler.StepLR", ["every", "factor"],
            (section, rates, _) => new StepSchedule(rates, section.Every, section.Factor)),
        new("cosine", "η_t = η_min + (η − η_min)(1 + cos(πt/T))/2", "Loshchilov & Hutter 2017, arXiv 1608.03983",
            ["minLr"], (section, rates, steps) => new CosineSchedule(rates, steps, section.MinLr)),
        new("plateau", "η ← max(γη, η_min) after more than p evaluations without a loss below best · (1 − threshold)",
            "torch.optim.lr_scheduler.ReduceLROnPlateau", ["factor", "patience", "threshold", "minLr"],
            (section, rates, _) => new PlateauSchedule(
                rates, section.Factor, section.Patience, section.Threshold, section.MinLr)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>The schedules that read that key of their section.</summary>
    public static IReadOnlyList<string> UsersOf(string key) =>
        [.. All.Where(entry => entry.Options.Contains(key)).Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No schedule has that name.</exception>
    public static ScheduleEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a schedule");

    /// <summary>The schedule of a section, behind its warm-up if it has one.</summary>
    /// <param name="rates">Each member's learning rate.</param>
    /// <param name="steps">Of the whole training, more than the warm-up has.</param>
    public static Schedule Create(ScheduleSection section, IReadOnlyList<double> rates, long steps)
    {
        var schedule = Find(section.Kind).Create(section, rates, steps - section.Warmup);
        return section.Warmup == 0 ? schedule : new LinearWarmup(schedule, section.Warmup);
    }
}

/// <summary>One schedule of the registry.</summary>
/// <param name="Options">The keys of the section that it reads beside those that all schedules read; the others are refused.</param>
/// <param name="Create">Makes it for the members' rates and a number of steps.</param>
public sealed record ScheduleEntry(
    string Name, string Formula, string Reference, IReadOnlyList<string> Options,
    Func<ScheduleSection, IReadOnlyList<double>, long, Schedule> Create)
{
    /// <summary>The rate stays at or above minLr.</summary>
    public bool HasMinimum => Options.Contains("minLr");

    /// <summary>The rate depends on what evaluations find.</summary>
    public bool NeedsEvaluations => Options.Contains("patience");
}
