using GradTorch.Analysis.Verdicts;
using GradTorch.Configuration;
using GradTorch.Studies;

namespace GradTorch.Cli;

/// <summary>Judges what was probed.</summary>
internal static class ProbeVerdict
{
    public static GradientLimits LimitsOf(Experiment experiment) => new(experiment.Verdict.Vanishing, experiment.Verdict.Exploding);

    /// <param name="member">Any of those probed together, which share their layers.</param>
    public static GradientRoute RouteOf(MemberProbe member) => member.Timesteps is [.., var last]
        ? GradientRoute.Of([.. member.Layers.Select(layer => layer.LayerName)], last.Layer, last.Timestep)
        : GradientRoute.Of([.. member.Layers.Select(layer => layer.LayerName)], 0, 0);

    public static GradientVerdict Of(MemberProbe member, GradientRoute route, GradientLimits limits) =>
        GradientVerdict.Of(step: 0, TrendOf(member, route), limits);

    private static GradientTrend TrendOf(MemberProbe member, GradientRoute route) => route.RecurrentLayer is { } layer
        ? route.Trend([.. member.Timesteps.Where(probe => probe.Layer == layer).Select(probe => probe.Quantities)])
        : route.Trend(
            member.Layers.Select(probe => probe.LogPreactivationGradient), member.Layers.Select(probe => probe.LogActivationGradient));
}
