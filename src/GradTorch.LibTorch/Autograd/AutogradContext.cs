// Without nullable annotations, as in TorchSharp: overrides of users must compile against both.
#nullable disable annotations
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a custom function keeps between forward and backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);
            private nint _node;

            internal AutogradContext()
            {
            }

            public bool MaterializeGrads { get; private set; } = true;

            internal List<Tensor> ToSave { get; private set; } = [];

            internal List<Tensor> Dirty { get; private set; } = [];

            internal List<Tensor> NonDifferentiable { get; private set; } = [];

            /// <summary>Keeps tensors for backward, and notices when they are changed in place until then.</summary>
            public void save_for_backward(List<Tensor> tensors) => ToSave = tensors;

            /// <summary>The tensors of <see cref="save_for_backward"/>, as new references. Inside backward only.</summary>
            public unsafe List<Tensor> get_saved_variables()
            {
                if (_node == 0) throw new InvalidOperationException("get_saved_variables() is for use inside backward.");
                var handles = new nint[SavedCount];
                fixed (nint* start = handles) Failure.Check(gt_node_saved(_node, start));
                return handles.Select(handle => handle == 0 ? null : new Tensor(handle)).ToList();
            }

            public void save_data(string key, object value) => _data[key] = value;

            public object get_data(string key) => _data.GetValueOrDefault(key);

            public void mark_dirty(List<Tensor> tensors) => Dirty = [.. tensors];

            public void mark_non_differentiable(List<Tensor> tensors) => NonDifferentiable = [.. tensors];

            /// <summary>Whether backward gets zeros (default) or null for an output that has no gradient.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing) => _data.Clear();

            internal int SavedCount { get; private set; }

            /// <summary>The graph now holds the node: what was only needed to build it is let go.</summary>
            internal void Enter(nint rawNode)
            {
                _node = rawNode;
                SavedCount = ToSave.Count;
                ToSave = Dirty = NonDifferentiable = [];
            }
        }
    }
}
