namespace GradTorch.Runs;

/// <summary>A table of run.db.</summary>
/// <param name="Columns">In their order, those of its key first.</param>
/// <param name="Keys">How many columns are its key.</param>
public sealed record RunTable(string Name, IReadOnlyList<string> Columns, int Keys)
{
    /// <summary>Its rows have a step; table member has none.</summary>
    public bool HasSteps => Columns[0] == "step";

    public static RunTable Member { get; } = new("member", RunDatabaseSchema.MemberColumns, 1);

    /// <summary>After so many updates, where the others are of a step before its update.</summary>
    public static RunTable Evaluation { get; } = new("evaluation", RunDatabaseSchema.EvaluationColumns, 3);

    /// <summary>In the order in which a step fills them.</summary>
    public static IReadOnlyList<RunTable> All { get; } =
    [
        Member,
        new("scalar", RunDatabaseSchema.ScalarColumns, 3),
        new("layer_gradient", RunDatabaseSchema.LayerGradientColumns, 3),
        new("timestep_gradient", RunDatabaseSchema.TimestepGradientColumns, 4),
        new("layer_measure", RunDatabaseSchema.LayerMeasureColumns, 4),
        new("gradient_exponent", RunDatabaseSchema.GradientExponentColumns, 4),
        new("joint_count", RunDatabaseSchema.JointCountColumns, 6),
        Evaluation,
    ];
}
