using GradTorch.Theory;

namespace GradTorch.Cli.Output;

/// <summary>Mean-field predictions as JSON.</summary>
internal static class MeanFieldDocument
{
    /// <param name="field">Null of a net that has no limit of its own: a residual one.</param>
    /// <param name="layers">Null where they were not asked for.</param>
    public static object Of(MeanField? field, IReadOnlyList<LayerPrediction>? layers)
    {
        var document = new Dictionary<string, object?>();
        if (field is not null)
        {
            document["length"] = field.Limit;
            document["q"] = field.Q;
            document["chi"] = field.Chi;
            document["chi_forward"] = field.ForwardChi;
            document["xi_gradient"] = field.GradientDepth;
            document["xi_length"] = field.LengthDepth;
            document["correlation"] = field.Correlation;
            document["xi_correlation"] = field.CorrelationDepth;
            document["phase"] = field.Phase;
        }
        if (layers is not null) document["layers"] = layers;
        return document;
    }
}
