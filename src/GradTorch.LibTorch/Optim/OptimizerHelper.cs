using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimisers share: their groups, the state of each parameter, and its storage.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    /// <summary>What a group's options are filled from; set before the first group is added.</summary>
    protected OptimizerOptions _defaults = null!;

    // By identity: a parameter keeps its state when it moves to another device, and tensors compare by value.
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    public OptimizerHelper()
    {
    }

    public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

    /// <exception cref="ArgumentException">A parameter is in another group already, or the options are another
    /// optimiser's.</exception>
    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        param_group.Parameters = [.. param_group.Parameters];
        if (param_group.Parameters.FirstOrDefault(_states.ContainsKey) is { } twice)
            throw new ArgumentException($"Parameter '{twice.name}' of shape [{string.Join(", ", twice.shape)}] is in another parameter group already.");
        if (_defaults is not null)
        {
            param_group.Options ??= NewOptions()!;
            param_group.Options.FillFrom(_defaults);
        }
        _parameter_groups.Add(param_group);
        foreach (var parameter in param_group.Parameters)
        {
            if (_states.ContainsKey(parameter) || NewState(parameter) is not { } state) continue;
            _states[parameter] = state;
            state.Initialize(param_group.Options);
        }
    }

    public override void zero_grad()
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var gradients = parameters().Select(parameter => parameter.grad).OfType<Tensor>().ToArray();
        if (gradients.Length > 0) Aten.CallInto(gradients[0], "_foreach_zero_", gradients);
    }

    /// <summary>Moves the state, after the parameters have been moved.</summary>
    public void to(Device device)
    {
        foreach (var state in _states.Values) state.to(device);
    }

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add([.. group.Parameters.Select((_, i) => dictionary.State.Count + i)]);
            dictionary.State.AddRange(group.Parameters.Select(parameter => _states[parameter]));
        }
        return dictionary;
    }

    /// <exception cref="ArgumentException">The state is of another optimiser or of other parameters.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        var own = this.state_dict();
        RequireSame(own, state_dict.Options.Count, state_dict.State.Count);
        foreach (var (mine, theirs) in own.Options.Zip(state_dict.Options))
        {
            if (!ReferenceEquals(mine, theirs)) mine.LoadStateDict(theirs);
        }
        foreach (var (mine, theirs) in own.State.Zip(state_dict.State))
        {
            if (!ReferenceEquals(mine, theirs)) mine.LoadStateDict(theirs);
        }
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    /// <summary>Writes TorchSharp's format: the optimiser's name, the numbers of groups and parameters, the options, the
    /// states.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var own = state_dict();
        writer.Write(GetType().Name);
        writer.Write7BitEncodedInt64(own.Options.Count);
        writer.Write7BitEncodedInt64(own.State.Count);
        foreach (var options in own.Options) options.SaveStateDict(writer);
        foreach (var state in own.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    /// <exception cref="InvalidDataException">Another kind of optimiser was saved.</exception>
    /// <exception cref="ArgumentException">Other groups or parameters were saved.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var kind = reader.ReadString();
        if (kind != GetType().Name)
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{kind}' in the loaded stream.");
        var own = state_dict();
        RequireSame(own, reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        foreach (var options in own.Options) options.LoadStateDict(reader);
        foreach (var state in own.State) state.LoadStateDict(reader);
    }

    /// <summary>Runs the closure with gradients on, then the body once for each group with gradients off, in a dispose
    /// scope.</summary>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        ArgumentNullException.ThrowIfNull(body);
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var on = enable_grad();
            loss = loss_closure();
        }
        using var off = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups) body((T)group);
        return loss;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in _states.Values) state.DisposeTensors();
            _states.Clear();
        }
        base.Dispose(disposing);
    }

    internal virtual OptimizerOptions? NewOptions() => null;

    internal virtual OptimizerState? NewState(Parameter parameter) => null;

    private protected OptimizerState StateOf(Parameter parameter) => _states[parameter];

    private static void RequireSame(StateDictionary own, long groups, long states)
    {
        if (groups != own.Options.Count)
            throw new ArgumentException($"Invalid optimizer state -- different number of parameter groups: {groups}, this optimizer has {own.Options.Count}.");
        if (states != own.State.Count)
            throw new ArgumentException($"Invalid optimizer state -- different number of states: {states}, this optimizer has {own.State.Count}.");
    }
}
