using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients in place by one factor so that their common norm is at most
            /// <paramref name="max_norm"/>: min(1, max_norm / (norm + 1e-6)).</summary>
            /// <param name="tensors">Those without a gradient are passed over.</param>
            /// <param name="max_norm">At least 0.</param>
            /// <param name="norm_type">p of the norm; infinity takes the largest magnitude.</param>
            /// <returns>The norm before, read back from the device.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                var gradients = Gradients(tensors);
                if (gradients.Count == 0) return 0;
                var device = gradients[0].device;
                var norms = gradients
                    .Select(gradient => Aten.Call("linalg_vector_norm", gradient, norm_type).to(device))
                    .ToArray();
                var norm = Aten.Call("linalg_vector_norm", Aten.Call("stack", norms), norm_type);
                var padded = Aten.Call("add.Scalar", norm, 1e-6);
                var factor = Aten.Call("mul.Scalar", Aten.Call("reciprocal", padded), max_norm);
                // Multiplying always, by 1 if need be, keeps the host from waiting for the norm.
                var held = Aten.Call("clamp_max", factor, 1.0);
                foreach (var gradient in gradients) Aten.CallInto(gradient, "mul_.Tensor", gradient, held.to(gradient.device));
                return norm.ToScalar().ToDouble();
            }

            /// <summary>Holds every element of every gradient in ±<paramref name="clip_value"/>, in place.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                foreach (var gradient in Gradients(tensors))
                    Aten.CallInto(gradient, "clamp_", gradient, -clip_value, clip_value);
            }

            private static List<Tensor> Gradients(IEnumerable<Parameter> parameters) =>
                [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
        }
    }
}
