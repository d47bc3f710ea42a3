using GradTorch.Analysis.Dynamics;
using GradTorch.Analysis.Verdicts;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>The dynamics of gradients as JSON.</summary>
internal sealed record DynamicsDocument(IReadOnlyList<DynamicsDocument.VariantEntry> Variants)
{
    public static DynamicsDocument Of(IEnumerable<VariantDynamics> variants) => new([.. variants.Select(VariantEntry.Of)]);

    /// <param name="Unit">What a place of the chain is: layer or timestep.</param>
    /// <param name="Members">That gradients were recorded of.</param>
    /// <param name="Diverged">Of these: they count up to their last record.</param>
    /// <param name="Records">Steps with a record.</param>
    /// <param name="StepsBetween">Steps from one record to the next, in the mean.</param>
    internal sealed record VariantEntry(
        string Variant, string Directory, string Unit, GradientLimits Limits, int Members, int Diverged, int Unfinished, int Records, double StepsBetween,
        IReadOnlyList<ChainEntry> Chain, ModelEntry Model, IReadOnlyList<WeightsEntry> Weights)
    {
        public static VariantEntry Of(VariantDynamics dynamics) => new(
            dynamics.Variant.Name, dynamics.Variant.Directory, dynamics.Route.Unit, dynamics.Limits, dynamics.Members.Count,
            dynamics.Members.Count(member => member.Status == MemberStatus.Diverged),
            dynamics.Members.Count(member => member.Status is MemberStatus.Running or MemberStatus.Stopped), dynamics.Steps.Count, dynamics.StepsBetween,
            [.. dynamics.Chain.Select(place => ChainEntry.Of(place, dynamics.StepsBetween))], ModelEntry.Of(dynamics.Model),
            [.. dynamics.Weights.Select(WeightsEntry.Of)]);
    }

    /// <param name="Place">From 1.</param>
    /// <param name="ReturnBound">On a one-way street, the 95 % bound of the probability to come back from one record to the next.</param>
    /// <param name="MemberReturnBound">The same of the share of members that would ever come back.</param>
    /// <param name="Unknown">Records in which the state can't be told.</param>
    internal sealed record ChainEntry(
        int Place, string Name, int VanishedFirst, int VanishedLast, ExitEntry Vanishing, ExitEntry Return, VanishingStreet Street, double? ReturnBound,
        double? MemberReturnBound, int Unknown)
    {
        public static ChainEntry Of(PlaceChain place, double stepsBetween) => new(
            place.Place, place.Name, place.VanishedFirst, place.VanishedLast, ExitEntry.Of(place.Vanishing, stepsBetween),
            ExitEntry.Of(place.Return, stepsBetween), place.Street, place.ReturnBound, place.MemberReturnBound, place.Unknown);
    }

    /// <summary>Leaving a state: all null without a chance to.</summary>
    /// <param name="Probability">From one record to the next, with the bounds of its 95 % interval.</param>
    /// <param name="Records">Until it is left, in the mean.</param>
    /// <param name="Steps">The same in steps.</param>
    internal sealed record ExitEntry(
        int Count, int Chances, int Members, int MembersLeft, double? Probability, double? Low, double? High, double? Records, double? RecordsLow,
        double? RecordsHigh, double? Steps, double? StepsLow, double? StepsHigh)
    {
        public static ExitEntry Of(StateExit exit, double stepsBetween) => new(
            exit.Count, exit.Chances, exit.Members, exit.MembersLeft, exit.Probability?.Share, exit.Probability?.Low, exit.Probability?.High,
            exit.Records?.Mean, exit.Records?.Low, exit.Records?.High, exit.Records?.Mean * stepsBetween, exit.Records?.Low * stepsBetween,
            exit.Records?.High * stepsBetween);
    }

    /// <param name="Step">Of the record that the outcome is of.</param>
    /// <param name="Obstacle">Why there is no model; null where there is one.</param>
    /// <param name="Penalty">λ of the ridge.</param>
    internal sealed record ModelEntry(
        long? Step, int Observations, int Vanished, int LeftOut, string? Obstacle, double Penalty, double? Intercept, IReadOnlyList<ModelTerm> Terms,
        bool Separated, double? Brier, double? BaseBrier, IReadOnlyList<CalibrationBin>? Calibration)
    {
        public static ModelEntry Of(VanishingModel model) => new(
            model.Step, model.Observations, model.Vanished, model.LeftOut, model.Obstacle, Analysis.Statistics.LogisticFit.Penalty,
            model.Obstacle is null ? model.Intercept : null, model.Terms, model.IsSeparated, model.Calibration?.Brier, model.Calibration?.BaseBrier,
            model.Calibration?.Bins);
    }

    /// <param name="FirstVerdict">On its gradient at its first record.</param>
    /// <param name="LastVerdict">The same at its last.</param>
    /// <param name="Norm">‖W‖ of all layers together.</param>
    internal sealed record WeightsEntry(
        int Member, long Seed, MemberStatus Status, GradientFate FirstVerdict, GradientFate LastVerdict, long FirstStep, long LastStep,
        WeightChange Norm, IReadOnlyList<WeightChange> Layers)
    {
        public static WeightsEntry Of(WeightTrajectory own) => new(
            own.Member, own.Seed, own.Status, own.Fates.First, own.Fates.Last, own.Steps.First, own.Steps.Last, own.Whole, own.Layers);
    }
}
