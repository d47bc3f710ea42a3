namespace GradTorch.Training;

/// <summary>Which members stopped, and where.</summary>
internal sealed class MemberStops(long members)
{
    private const long None = -1;

    private readonly long[] _steps = [.. Enumerable.Repeat(None, (int)members)];
    private readonly long[] _layers = new long[members];
    private readonly long[] _timesteps = new long[members];

    /// <summary>Members, stopped or not.</summary>
    public int Count => _steps.Length;

    public bool All => !_steps.Contains(None);

    public IEnumerable<Divergence> Divergences =>
        from member in Enumerable.Range(0, Count)
        where Has(member)
        select new Divergence(
            member, _steps[member], (int)_layers[member], _timesteps[member] == 0 ? null : (int)_timesteps[member]);

    public bool Has(int member) => _steps[member] != None;

    public void Add(Divergence divergence)
    {
        _steps[divergence.Member] = divergence.Step;
        _layers[divergence.Member] = divergence.Layer;
        _timesteps[divergence.Member] = divergence.Timestep ?? 0;
    }

    public void Visit(IStateVisitor visitor)
    {
        visitor.Visit("diverged.steps", _steps);
        visitor.Visit("diverged.layers", _layers);
        visitor.Visit("diverged.timesteps", _timesteps);
    }
}
