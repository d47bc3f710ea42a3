using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A tree of parameters, buffers and submodules: what a network is made of. A derived class keeps them in
        /// fields and calls <see cref="RegisterComponents"/> at the end of its constructor, or registers each by name.
        /// Disposing a module disposes everything that is registered with it.</summary>
        public partial class Module : IDisposable
        {
            protected OrderedDict<string, Module> _internal_submodules = new();
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();
            protected OrderedDict<string, Parameter> _internal_params = new();
            protected string? name;

            private bool _disposed;

            protected Module(string name) => this.name = name;

            /// <summary>Whether the module is in training mode, in which it starts.</summary>
            public virtual bool training { get; private protected set; } = true;

            /// <summary>The name given to the constructor, else the name of the type.</summary>
            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> for every submodule, children before parents, and for the module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                ArgumentNullException.ThrowIfNull(fn);
                foreach (var child in children()) child.apply(fn);
                fn(this);
                return this;
            }

            /// <param name="set_to_none">Drop the gradients; else fill them with zeros.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }
                    using var gradient = parameter.grad;
                    if (gradient is not null) Interop.Aten.CallInto(gradient, "zero_", gradient);
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (_disposed || !disposing) return;
                _disposed = true;
                foreach (var (_, buffer) in named_buffers(false).ToArray()) buffer.Dispose();
                foreach (var (_, parameter) in named_parameters(false).ToArray()) parameter.Dispose();
                foreach (var child in children().ToArray()) child.Dispose();
            }
        }
    }
}
