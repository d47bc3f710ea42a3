using GradTorch.Activations;
using GradTorch.Configuration;

namespace GradTorch.Studies;

/// <summary>The nonlinearity of an ensemble: one activation and one backward for all, numbers of each member's own.</summary>
internal sealed class EnsembleNonlinearity : IDisposable
{
    private readonly ActivationSection _section;
    private readonly ActivationParameters _parameters;
    private readonly SurrogateEntry? _surrogate;
    private readonly MemberValues? _scale;

    public EnsembleNonlinearity(IReadOnlyList<EnsembleMember> members)
    {
        _section = members[0].Alone.Model.Activation;
        _parameters = new ActivationParameters
        {
            Slope = Values(members, section => section.Slope),
            NegativeSlope = _section.NegativeSlope,
            Alpha = _section.Alpha,
        };
        if (_section.Backward == BackwardRegistry.Exact) return;
        _surrogate = SurrogateRegistry.Find(_section.Backward);
        _scale = Values(members, section => section.BackwardScale ?? _surrogate.DefaultScale);
    }

    /// <summary>The nonlinearity of one layer.</summary>
    public Nonlinearity Create() =>
        new(ActivationRegistry.Create(_section.Forward, _parameters), _surrogate?.Surrogate, _scale);

    public void Dispose()
    {
        _parameters.Slope.Dispose();
        _scale?.Dispose();
    }

    private static MemberValues Values(IReadOnlyList<EnsembleMember> members, Func<ActivationSection, double> value) =>
        new([.. members.Select(member => value(member.Alone.Model.Activation))]);
}
