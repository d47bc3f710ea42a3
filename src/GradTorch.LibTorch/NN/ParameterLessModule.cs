using static TorchSharp.torch;

namespace TorchSharp.Modules;

public interface IParameterLessModule
{
}

/// <summary>A module of one input that has neither parameters nor buffers, so conversions have nothing to do.</summary>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_parameter(string name, Parameter param) => throw ParameterLess.Refusal("parameter");

    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw ParameterLess.Refusal("buffer");

    /// <exception cref="InvalidOperationException">The submodule is not parameterless.</exception>
    public override void register_module(string name, nn.Module? submodule)
    {
        ParameterLess.Require(submodule);
        base.register_module(name, submodule);
    }

    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => this;
}

/// <summary>A module of two inputs that has neither parameters nor buffers, so conversions have nothing to do.</summary>
public abstract class ParameterLessModule<T1, T2, TResult> : nn.Module<T1, T2, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_parameter(string name, Parameter param) => throw ParameterLess.Refusal("parameter");

    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw ParameterLess.Refusal("buffer");

    /// <exception cref="InvalidOperationException">The submodule is not parameterless.</exception>
    public override void register_module(string name, nn.Module? submodule)
    {
        ParameterLess.Require(submodule);
        base.register_module(name, submodule);
    }

    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => this;
}

/// <summary>What parameterless modules refuse.</summary>
internal static class ParameterLess
{
    internal static InvalidOperationException Refusal(string component) =>
        new($"Cannot register a {component} on a module that is declared 'parameter-less.'");

    internal static void Require(nn.Module? submodule)
    {
        if (submodule is not (null or IParameterLessModule))
            throw new InvalidOperationException("Submodules of a parameter-less module must also be parameter-less.");
    }
}
