using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The module's own parameters in the order of their registration, then the submodules', with names like
            /// "layer.weight". A parameter that is shared comes once, under its first name; disposed ones are left out.
            /// </summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                IEnumerable<(string, Parameter)> own = _internal_params;
                return Distinct(recurse ? own.Concat(OfChildren(child => child.named_parameters())) : own);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(entry => entry.parameter);

            /// <summary>As <see cref="named_parameters"/>, for buffers; the nonpersistent ones are those that are not in the
            /// state dictionary.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true,
                bool include_nonpersistent = true)
            {
                var own = from entry in (IEnumerable<(string name, (Tensor tensor, bool persistent) buffer)>)_internal_buffers
                          where include_nonpersistent || entry.buffer.persistent
                          select (entry.name, entry.buffer.tensor);
                return Distinct(recurse ? own.Concat(OfChildren(child => child.named_buffers(true, include_nonpersistent))) : own);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            public virtual IEnumerable<Module> children() => named_children().Select(entry => entry.module);

            /// <summary>All submodules at any depth, the direct ones first; not the module itself.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                named_children().Concat(OfChildren(child => child.named_modules()));

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            /// <param name="target">A name as <see cref="named_parameters"/> gives it.</param>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <returns>Null if there is no such parameter.</returns>
            public virtual Parameter? get_parameter(string target)
            {
                if (_internal_params.TryGetValue(target, out var parameter)) return parameter;
                return ChildOf(target, out var rest)?.get_parameter(rest);
            }

            /// <returns>Null if there is no such buffer.</returns>
            public virtual Tensor? get_buffer(string target)
            {
                if (_internal_buffers.TryGetValue(target, out var buffer)) return buffer.Item1;
                return ChildOf(target, out var rest)?.get_buffer(rest);
            }

            private Module? ChildOf(string target, out string rest)
            {
                var dot = target.IndexOf('.', StringComparison.Ordinal);
                rest = target[(dot + 1)..];
                if (dot < 0) return null;
                var first = target[..dot];
                return named_children().FirstOrDefault(child => child.name == first).module;
            }

            private IEnumerable<(string, T)> OfChildren<T>(Func<Module, IEnumerable<(string, T)>> components)
            {
                foreach (var (child, module) in named_children())
                {
                    foreach (var (component, value) in components(module)) yield return ($"{child}.{component}", value);
                }
            }

            private static IEnumerable<(string, T)> Distinct<T>(IEnumerable<(string, T)> components) where T : Tensor
            {
                var seen = new HashSet<nint> { 0 };
                foreach (var (component, tensor) in components)
                {
                    if (seen.Add(tensor.handle)) yield return (component, tensor);
                }
            }
        }
    }
}
