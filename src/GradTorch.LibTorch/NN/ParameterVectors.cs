using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>All parameters in one vector, one after the other, each in row-major order.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                var rows = tensors.Select(parameter => Aten.Call("reshape", parameter, new[] { -1L })).ToArray();
                return scope.MoveToOuter(Aten.Call("cat", rows));
            }

            /// <summary>Copies the parts of a vector into the parameters: undoes <see cref="parameters_to_vector"/>.</summary>
            /// <exception cref="ArgumentException">The vector has not as many elements as the parameters together.</exception>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                ArgumentNullException.ThrowIfNull(vec);
                ArgumentNullException.ThrowIfNull(tensors);
                var parameters = tensors.ToArray();
                var expected = parameters.Sum(parameter => parameter.NumberOfElements);
                if (vec.NumberOfElements != expected)
                    throw new ArgumentException($"The vector has {vec.NumberOfElements} elements, the parameters together {expected}.", nameof(vec));

                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                long start = 0;
                foreach (var parameter in parameters)
                {
                    var part = Aten.Call("narrow", vec, 0, start, parameter.NumberOfElements);
                    Aten.CallInto(parameter, "copy_", parameter, Aten.Call("reshape", part, parameter.shape));
                    start += parameter.NumberOfElements;
                }
            }
        }
    }
}
