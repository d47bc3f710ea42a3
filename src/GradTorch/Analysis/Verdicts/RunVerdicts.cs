using GradTorch.Runs;

namespace GradTorch.Analysis.Verdicts;

/// <summary>The verdicts on the members of a run.</summary>
/// <param name="Members">In order; those that no gradient was recorded of are missing.</param>
public sealed record RunVerdicts(GradientRoute Route, GradientLimits Limits, IReadOnlyList<MemberVerdicts> Members)
{
    /// <returns>Null if no gradients were recorded.</returns>
    internal static RunVerdicts? Read(RunDatabaseReader database, GradientLimits limits)
    {
        if (database.GradientSteps() is not var (first, _)) return null;
        var route = RouteOf(database, first);
        var steps = Steps.Of(Ends(database, route));
        var verdicts = new Dictionary<(int Member, long Step), GradientVerdict>();
        foreach (var step in steps.Values.SelectMany(own => new[] { own.First, own.Last, own.Worst }).Distinct())
        {
            foreach (var (member, quantities) in Records(database, route, step))
                verdicts[(member, step)] = GradientVerdict.Of(step, route.Trend(quantities), limits);
        }
        return new RunVerdicts(
            route, limits,
            [
                .. steps.OrderBy(own => own.Key).Select(own => new MemberVerdicts(
                    own.Key, verdicts[(own.Key, own.Value.First)], verdicts[(own.Key, own.Value.Last)], verdicts[(own.Key, own.Value.Worst)])),
            ]);
    }

    private static GradientRoute RouteOf(RunDatabaseReader database, long step)
    {
        string[] layers = [.. database.LayerGradientsAt(step).GroupBy(row => row.Member).First().Select(row => row.LayerName)];
        var timesteps = database.TimestepGradientsAt(step).GroupBy(row => row.Member).FirstOrDefault()?.ToList() ?? [];
        return timesteps.Count == 0 ? GradientRoute.Of(layers, 0, 0) : GradientRoute.Of(layers, timesteps[^1].Layer, timesteps[^1].Timestep);
    }

    private static IEnumerable<GradientEnds> Ends(RunDatabaseReader database, GradientRoute route) =>
        route.RecurrentLayer is { } layer ? database.TimestepEnds(layer, route.Places.Count) : database.LayerEnds(route.Places.Count);

    private static IEnumerable<(int Member, IReadOnlyList<IReadOnlyList<double>> Quantities)> Records(
        RunDatabaseReader database, GradientRoute route, long step) => route.RecurrentLayer is { } layer
        ? database.TimestepGradientsAt(step).Where(row => row.Layer == layer).GroupBy(row => row.Member, row => row.Quantities)
            .Select(member => (member.Key, (IReadOnlyList<IReadOnlyList<double>>)[.. member]))
        : database.LayerGradientsAt(step).GroupBy(row => row.Member, row => row.Quantities)
            .Select(member => (member.Key, (IReadOnlyList<IReadOnlyList<double>>)[.. member]));

    /// <summary>The steps at which a member is judged.</summary>
    private sealed record Steps(long First, long Last, long Worst, double Distance)
    {
        public static Dictionary<int, Steps> Of(IEnumerable<GradientEnds> records)
        {
            var members = new Dictionary<int, Steps>();
            foreach (var ends in records)
            {
                var distance = DistanceOf(ends);
                members[ends.Member] = !members.TryGetValue(ends.Member, out var before)
                    ? new Steps(ends.Step, ends.Step, ends.Step, distance)
                    : distance > before.Distance
                        ? before with { Last = ends.Step, Worst = ends.Step, Distance = distance }
                        : before with { Last = ends.Step };
            }
            return members;
        }

        /// <summary>|ln| of the first by the last; infinite where there is none.</summary>
        private static double DistanceOf(GradientEnds ends)
        {
            var distance = Math.Abs(Math.Log(ends.First / ends.Last));
            return double.IsNaN(distance) ? double.PositiveInfinity : distance;
        }
    }
}
