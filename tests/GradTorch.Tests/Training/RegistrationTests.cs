using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Training;

namespace GradTorch.Tests.Training;

/// <summary>A kind of optimiser, schedule or clipping that no experiment can name is an error of ours.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void Every_optimiser_is_registered()
    {
        using var problem = TrainingProblem.Initialised(1);
        Assert.Equal(Kinds(typeof(Optimizer)), Made(OptimizerRegistry.All.Select(entry =>
            entry.Create(new OptimizerSection(), problem.Model.Parameters, TorchBackend.Current))));
    }

    [Fact]
    public void Every_schedule_is_registered_or_is_the_warm_up_of_all()
    {
        var plain = ScheduleRegistry.Names.Select(name => ScheduleRegistry.Create(new ScheduleSection { Kind = name }, [0.1], 10));
        var warmed = ScheduleRegistry.Names.Select(
            name => ScheduleRegistry.Create(new ScheduleSection { Kind = name, Warmup = 2 }, [0.1], 10));
        Assert.Equal(Kinds(typeof(Schedule)), Made(plain.Concat(warmed)));
    }

    [Fact]
    public void Every_clipping_is_registered()
    {
        using var problem = TrainingProblem.Initialised(1);
        Assert.Equal(Kinds(typeof(GradientClip)), Made(ClipRegistry.All.Select(entry =>
            entry.Create(new ClipSection(), [1.0], problem.Model, TorchBackend.Current))));
    }

    [Fact]
    public void A_name_that_is_not_registered_is_told()
    {
        Assert.Contains("sdg", Assert.Throws<KeyNotFoundException>(() => OptimizerRegistry.Find("sdg")).Message, StringComparison.Ordinal);
        Assert.Contains("cosin", Assert.Throws<KeyNotFoundException>(() => ScheduleRegistry.Find("cosin")).Message, StringComparison.Ordinal);
        Assert.Contains("nom", Assert.Throws<KeyNotFoundException>(() => ClipRegistry.Find("nom")).Message, StringComparison.Ordinal);
    }

    private static string[] Kinds(Type kind) =>
        [.. kind.Assembly.GetTypes().Where(type => type.IsSubclassOf(kind) && !type.IsAbstract).Select(type => type.Name).Order()];

    private static string[] Made(IEnumerable<object?> made)
    {
        var all = made.ToList();
        foreach (var disposable in all.OfType<IDisposable>()) disposable.Dispose();
        return [.. all.OfType<object>().Select(item => item.GetType().Name).Distinct().Order()];
    }
}
