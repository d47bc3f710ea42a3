using GradTorch.Analysis.Comparisons;
using GradTorch.Runs;

namespace GradTorch.Reports.Kinds;

/// <summary>How training went: test loss, accuracy, and ‖δ‖ at both ends of its way back.</summary>
public sealed class StepsPicture : PictureKind
{
    private static readonly Axis Step = new("step");

    public override string Name => "steps";

    public override string Meaning => "test loss, accuracy, and ‖δ‖ of the first and the last hidden layer (recurrent nets: timestep), by step";

    public override string? Obstacle(ComparedVariant variant) => null;

    public override Picture Of(IReadOnlyList<ComparedVariant> variants, PictureRequest request)
    {
        var loss = Tests(variants, "test loss", row => row.Loss);
        var accuracy = Tests(variants, "test accuracy, %", row => row.Accuracy, AxisScale.Percent);
        Panel[] panels = [.. new[] { loss, accuracy, Ends(variants) }.Where(panel => panel.Curves.Count > 0)];
        return panels.Length > 0
            ? new Picture(Title(variants, "training"), panels, "Lines: median over the members; bands: smallest to largest.")
            : throw new RunException("Neither tests nor gradients were recorded. Give runs that have either.");
    }

    private static CurvePanel Tests(
        IReadOnlyList<ComparedVariant> variants, string label, Func<EvaluationRow, double?> measure, AxisScale scale = AxisScale.Linear)
    {
        Curve[] curves =
        [
            .. variants.Select((variant, index) => new Curve(variant.Name, index, Dashed: false, "", Points(
                variant.Members.SelectMany(member => member.Tests).Where(row => measure(row) is not null).Select(row => (row.Step, measure(row)!.Value))))),
        ];
        // A loss that falls by powers of ten is seen on their scale only.
        double[] values = [.. curves.SelectMany(curve => curve.Points).Select(point => point.Middle)];
        var falls = scale == AxisScale.Linear && values.Length > 0 && values.Min() > 0 && values.Max() >= 10 * values.Min();
        return new CurvePanel(
            "", Step, new Axis(label, falls ? AxisScale.Logarithmic : scale), [.. curves.Where(curve => curve.Points.Count > 0)], []);
    }

    private static CurvePanel Ends(IReadOnlyList<ComparedVariant> variants)
    {
        var curves = variants.SelectMany((variant, index) =>
        {
            if (variant.Route is not { } route) return [];
            var unit = route.RecurrentLayer is null ? "hidden layer" : "timestep";
            var ends = Read(variant);
            return new[]
            {
                new Curve(variant.Name, index, Dashed: false, $"first {unit}", Points(ends.Select(row => (row.Step, row.First)))),
                new Curve(variant.Name, index, Dashed: true, $"last {unit}", Points(ends.Select(row => (row.Step, row.Last)))),
            };
        });
        return new CurvePanel("", Step, QuantityAxis.Of(QuantityAxis.Default), [.. curves], []);
    }

    private static List<GradientEnds> Read(ComparedVariant variant)
    {
        var (route, members) = (variant.Route!, variant.Members.Select(member => member.Verdicts?.Member).ToHashSet());
        return RunDatabaseReader.Read(RunDirectory.Open(variant.Directory).DatabaseFile, database =>
        {
            var rows = route.RecurrentLayer is { } layer ? database.TimestepEnds(layer, route.Places.Count) : database.LayerEnds(route.Places.Count);
            return rows.Where(row => members.Contains(row.Member)).ToList();
        });
    }

    private static IReadOnlyList<CurvePoint> Points(IEnumerable<(long Step, double Value)> rows) =>
        [.. rows.GroupBy(row => row.Step, row => row.Value).OrderBy(step => step.Key).Select(step => CurvePoint.Of(step.Key, [.. step]))];
}
