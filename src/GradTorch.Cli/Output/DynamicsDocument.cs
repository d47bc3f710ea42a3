using GradTorch.Analysis.Dynamics;
using GradTorch.Analysis.Verdicts;
using GradTorch.Quantities;
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
    /// <param name="Joint">Empty where joint histograms were not measured.</param>
    /// <param name="StepsBetween">Steps from one record to the next, in the mean.</param>
    internal sealed record VariantEntry(
        string Variant, string Directory, string Unit, GradientLimits Limits, int Members, int Diverged, int Unfinished, int Records, double StepsBetween,
        IReadOnlyList<ChainEntry> Chain, ModelEntry Model, IReadOnlyList<WeightsEntry> Weights,
        IReadOnlyList<JointEntry> Joint)
    {
        public static VariantEntry Of(VariantDynamics dynamics)
        {
            var chain = dynamics.Chain;
            return new VariantEntry(
                chain.Variant.Name, chain.Variant.Directory, chain.Route.Unit, chain.Limits, chain.Members.Count,
                chain.Members.Count(member => member.Status == MemberStatus.Diverged),
                chain.Members.Count(member => member.Status is MemberStatus.Running or MemberStatus.Stopped), chain.Steps.Count, chain.StepsBetween,
                [.. chain.Places.Select(place => ChainEntry.Of(place, chain.StepsBetween))], ModelEntry.Of(dynamics.Model),
                [.. dynamics.Weights.Select(WeightsEntry.Of)], [.. dynamics.Joint.GroupBy(own => own.Grid).Select(pair => JointEntry.Of(pair.Key, pair, dynamics))]);
        }
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

    /// <summary>The joint histograms of all layers. Bins of x are below the first edge, between two, from the last on, and not finite; those
    /// of the gradient are exactly 0, below the first power of ten, between two, from the last on, and not finite.</summary>
    /// <param name="Pair">z for pre-activations with δ, w for weights with ∂L/∂w.</param>
    /// <param name="GradientExponents">Edges of the gradient's size: powers of ten.</param>
    internal sealed record JointEntry(
        string Pair, IReadOnlyList<double> XEdges, IReadOnlyList<double> GradientExponents, IReadOnlyList<JointLayer> Layers)
    {
        public static JointEntry Of(JointGrid grid, IEnumerable<JointHistogram> layers, VariantDynamics dynamics) => new(
            grid.Name, [.. Enumerable.Range(1, JointGrid.FiniteX - 1).Select(grid.LowX)],
            [.. Enumerable.Range(2, JointGrid.FiniteGradients - 1).Select(JointGrid.LowExponent)],
            [.. layers.Select(own => new JointLayer(own.Layer, dynamics.LayerNames[own.Layer - 1], own.Counts))]);
    }

    /// <param name="Counts">By bin of x, then by bin of the gradient.</param>
    internal sealed record JointLayer(int Layer, string Name, IReadOnlyList<IReadOnlyList<long>> Counts);
}
