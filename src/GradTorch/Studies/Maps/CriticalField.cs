using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Initialisation;
using GradTorch.Theory;

namespace GradTorch.Studies.Maps;

/// <summary>How far the weights of a map's networks are from the variance at which gradients keep their size.</summary>
internal sealed class CriticalField(Experiment experiment, string x, string y) : IDisposable
{
    /// <summary>Keys of which σw² is a function, and those of which the critical one is.</summary>
    private static readonly string[] Weights = ["model:init:gain", "model:init:weightVariance"],
        Others = ["model:init:biasVariance", "model:activation:slope", "model:activation:backwardScale"];

    private readonly Dictionary<ActivationSection, (EnsembleNonlinearity Ensemble, GaussianUnit Unit)> _units = [];
    private readonly Dictionary<(ActivationSection, double), double> _critical = [];

    /// <summary>Whether σw² is a function of it, and nothing else that counts.</summary>
    public static bool IsOfWeights(string key) => Weights.Contains(key);

    /// <summary>Whether theory knows of it.</summary>
    public static bool Counts(string key) => IsOfWeights(key) || Others.Contains(key);

    /// <summary>ln σw² less that of the critical one: below 0 gradients vanish. NaN where no σw² is critical.</summary>
    public double Excess(double valueX, double valueY)
    {
        var member = EnsembleMember.Of(experiment with
        {
            Seeds = new SeedSection(),
            Members = new MembersSection { Vary = new MemberVariation(new VariedKey(x, [valueX]), new VariedKey(y, [valueY])) },
        })[0];
        var model = member.Alone.Model;
        var variance = InitialiserRegistry.Find(model.Init.Kind).WeightVariance(model.Width, model.Width, InitialParameters.Of(model.Init))!.Value;
        return Math.Log(variance) - LnCritical(member);
    }

    public void Dispose()
    {
        foreach (var (ensemble, _) in _units.Values) ensemble.Dispose();
    }

    private double LnCritical(EnsembleMember member)
    {
        var (activation, biasVariance) = (member.Alone.Model.Activation, member.Alone.Model.Init.BiasVariance);
        if (_critical.TryGetValue((activation, biasVariance), out var known)) return known;
        var found = CriticalVariance.Of(UnitOf(member), biasVariance);
        return _critical[(activation, biasVariance)] = found is null ? double.NaN : Math.Log(found.WeightVariance);
    }

    private GaussianUnit UnitOf(EnsembleMember member)
    {
        var activation = member.Alone.Model.Activation;
        if (_units.TryGetValue(activation, out var known)) return known.Unit;
        var ensemble = new EnsembleNonlinearity([member]);
        var nonlinearity = ensemble.Create();
        if (nonlinearity.Forward is LearntActivation learnt) learnt.Learn();
        var unit = new GaussianUnit(nonlinearity);
        _units[activation] = (ensemble, unit);
        return unit;
    }
}
