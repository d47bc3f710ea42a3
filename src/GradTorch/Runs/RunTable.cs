namespace GradTorch.Runs;

/// <summary>A table of run.db.</summary>
/// <param name="Columns">In their order, those of its key first.</param>
/// <param name="Keys">How many columns are its key.</param>
public sealed record RunTable(string Name, IReadOnlyList<string> Columns, int Keys)
{
    /// <summary>The table that holds its rows; it may itself be a view.</summary>
    public string Stored { get; init; } = Name;

    /// <summary>Its rows have a step; table member has none.</summary>
    public bool HasSteps => Columns[0] == "step";

    public static RunTable Member { get; } = new("member", RunDatabaseSchema.MemberColumns, 1);

    public static RunTable Scalar { get; } = new("scalar", RunDatabaseSchema.ScalarColumns, 3);

    public static RunTable LayerGradient { get; } = new("layer_gradient", RunDatabaseSchema.LayerGradientColumns, 3);

    public static RunTable TimestepGradient { get; } =
        new("timestep_gradient", RunDatabaseSchema.TimestepGradientColumns, 4) { Stored = TimestepBlockTable.Name };

    public static RunTable LayerMeasure { get; } = new("layer_measure", RunDatabaseSchema.LayerMeasureColumns, 4);

    public static RunTable GradientExponent { get; } = new("gradient_exponent", RunDatabaseSchema.GradientExponentColumns, 4);

    public static RunTable JointCount { get; } = new("joint_count", RunDatabaseSchema.JointCountColumns, 6);

    /// <summary>After so many updates, where the others are of a step before its update.</summary>
    public static RunTable Evaluation { get; } = new("evaluation", RunDatabaseSchema.EvaluationColumns, 3);

    /// <summary>In the order in which a step fills them.</summary>
    public static IReadOnlyList<RunTable> All { get; } =
        [Member, Scalar, LayerGradient, TimestepGradient, LayerMeasure, GradientExponent, JointCount, Evaluation];

    /// <summary>The columns of its key.</summary>
    public IEnumerable<string> Key => Columns.Take(Keys);
}
